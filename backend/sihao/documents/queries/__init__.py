"""Read documents, their register, recipients, tickets and templates."""
