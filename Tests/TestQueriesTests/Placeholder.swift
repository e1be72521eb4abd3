// First test
