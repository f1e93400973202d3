package dev.sheaf.client;

/// A value of a facet, and how many of the products found have it.
public record FacetValue(String value, long count) {}
