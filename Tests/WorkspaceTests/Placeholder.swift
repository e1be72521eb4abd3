// First test comes with the module's first type.
