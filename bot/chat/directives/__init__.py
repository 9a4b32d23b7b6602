"""Official papers that assign tasks."""
