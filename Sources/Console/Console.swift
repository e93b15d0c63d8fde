// The module is described in the README.
