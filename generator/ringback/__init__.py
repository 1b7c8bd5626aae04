"""ringback turns an OpenAPI document into Python that can be trusted."""

__version__ = "0.1.0"
