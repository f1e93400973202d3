package dev.sheaf.cli.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// One node as a user knows it.
///
/// @param url the node's root, for example `http://127.0.0.1:8470`
/// @param tokenFile holds the bearer token and nothing else; it is read anew at every command
/// @param dataDirectory of a node that `sheaf up` started on this machine; empty for any other
public record Profile(URI url, Optional<Path> tokenFile, Optional<Path> dataDirectory) {}
