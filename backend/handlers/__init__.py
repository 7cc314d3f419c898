"""HTTP <-> domain, one router per resource."""
