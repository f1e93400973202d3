package dev.sheaf.node.registry;

import dev.sheaf.registry.ManifestId;

/// Where a manifest stands: the document of its id, of this type.
record DocumentPlace(String type, ManifestId id) {}
