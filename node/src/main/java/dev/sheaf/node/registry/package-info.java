/// The catalog of all regions: this region's manifests are written as signed documents of the
/// context engine, those of others are verified and kept in memory. What a manifest says and which
/// counts is decided in the room `registry`, who may know of what by policies.
@NullMarked
package dev.sheaf.node.registry;

import org.jspecify.annotations.NullMarked;
