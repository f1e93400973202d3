package dev.sheaf.client;

/// What was used of one domain, product, destination, day, kind of caller or of use.
///
/// @param key empty for what is no product's
/// @param cost as in `0.05 USD`, by list prices of when it was used
/// @param assumed whether a part of it is a price that the price book did not know
public record CostRow(String key, long transfers, long bytes, String cost, boolean assumed) {}
