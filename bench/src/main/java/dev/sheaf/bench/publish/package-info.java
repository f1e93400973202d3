/// How much a governed publish costs over a bare copy of the same file.
@org.jspecify.annotations.NullMarked
package dev.sheaf.bench.publish;
