/// OpenLineage: events are read, those of a run add up, those of all jobs make a graph of datasets,
/// columns, jobs and models, and the graph tells what a change touches and what something is made
/// from. Nothing is stored or asked of others here, and no caller is known: who may see what is the
/// node's business. Pure.
@NullMarked
package dev.sheaf.lineage;

import org.jspecify.annotations.NullMarked;
