"""Where directories find the product."""

ADDRESS = "/scim/v2"
