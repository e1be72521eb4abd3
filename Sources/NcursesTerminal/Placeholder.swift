// First file comes with the module's first type.
