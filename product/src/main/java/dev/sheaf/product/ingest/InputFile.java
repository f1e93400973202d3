package dev.sheaf.product.ingest;

import dev.sheaf.kernel.Sha256;

import java.nio.file.Path;

/// One input as it came, before unpacking.
///
/// @param name how reports call it: the path or URI as given, relative to the folder if it was
///   found in one
/// @param path where its bytes lie on this machine
/// @param digest of these bytes
/// @param bytes their number
public record InputFile(String name, Path path, Sha256 digest, long bytes) {}
