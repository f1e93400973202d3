package dev.sheaf.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads those facets that lineage is made of: `schema`, `symlinks`, `columnLineage` and `lineage`,
/// of any version. What of them has not the form that the spec gives it is noted and left out; all
/// other facets are none of its business. For one event.
final class FacetReader {
    /// The event's own job; empty for events of datasets.
    private final Optional<EntityName> job;

    private final EdgesBuilder own;
    private final Map<EntityName, EdgesBuilder> told = new LinkedHashMap<>();

    FacetReader(Optional<EntityName> job, EdgesBuilder own) {
        this.job = job;
        this.own = own;
    }

    /// Edges of other jobs that the event's own tells of.
    Map<EntityName, Edges> told() {
        Map<EntityName, Edges> all = new LinkedHashMap<>();
        told.forEach((name, edges) -> all.put(name, edges.build()));
        return all;
    }

    /// `schema` and `symlinks`.
    static DatasetFacts facts(EntityName dataset, Cursor facets) {
        Cursor schema = facets.at("schema");
        Cursor links = facets.at("symlinks");
        return new DatasetFacts(
                dataset,
                schema.isThere() ? Optional.of(columns(schema)) : Optional.empty(),
                links.isThere() ? Optional.of(names(links)) : Optional.empty());
    }

    private static boolean isDeleted(Cursor facet) {
        return facet.at("_deleted").node().asBoolean(false);
    }

    private static List<String> columns(Cursor schema) {
        List<String> columns = new ArrayList<>();
        if (!isDeleted(schema)) {
            columns(schema.at("fields"), "", columns);
        }
        return columns;
    }

    private static void columns(Cursor fields, String before, List<String> columns) {
        for (Cursor field : fields.elementsIfThere()) {
            field.at("name")
                    .textIfThere()
                    .ifPresentOrElse(
                            name -> {
                                columns.add(before + name);
                                columns(field.at("fields"), before + name + ".", columns);
                            },
                            () -> field.at("name").leaveOut("the column's name"));
        }
    }

    private static Set<EntityName> names(Cursor links) {
        Set<EntityName> names = new LinkedHashSet<>();
        if (!isDeleted(links)) {
            links.at("identifiers")
                    .elementsIfThere()
                    .forEach(each -> name(each).ifPresent(names::add));
        }
        return names;
    }

    private static Optional<EntityName> name(Cursor entity) {
        Optional<String> namespace = entity.at("namespace").textIfThere();
        Optional<String> name = entity.at("name").textIfThere();
        if (namespace.isEmpty() || name.isEmpty()) {
            entity.leaveOut("something with namespace and name");
            return Optional.empty();
        }
        return Optional.of(new EntityName(namespace.get(), name.get()));
    }

    /// `columnLineage` and `lineage` of a dataset that the event's job writes, or of one that
    /// stands for itself.
    void made(EntityName dataset, Cursor facets) {
        Cursor columns = facets.at("columnLineage");
        if (columns.isThere() && !isDeleted(columns)) {
            own.described(dataset);
            for (Map.Entry<String, Cursor> field : columns.at("fields").membersIfThere()) {
                ColumnName to = new ColumnName(dataset, field.getKey());
                String fallback =
                        field.getValue()
                                .at("transformationType")
                                .textIfThere()
                                .map(type -> "DIRECT/" + type)
                                .orElse("");
                for (Cursor input : field.getValue().at("inputFields").elementsIfThere()) {
                    column(input).ifPresent(from -> own.column(from, to, how(input, fallback)));
                }
            }
            for (Cursor input : columns.at("dataset").elementsIfThere()) {
                column(input).ifPresent(from -> own.whole(from, dataset, how(input, "INDIRECT")));
            }
        }
        Cursor lineage = facets.at("lineage");
        if (lineage.isThere() && !isDeleted(lineage)) {
            entry(dataset, lineage);
        }
    }

    private static Optional<ColumnName> column(Cursor input) {
        Optional<String> field = input.at("field").textIfThere();
        if (field.isEmpty()) {
            input.leaveOut("something with namespace, name and field");
            return Optional.empty();
        }
        return name(input).map(dataset -> new ColumnName(dataset, field.get()));
    }

    /// `lineage` of a job: entries that name what they are about.
    void entries(Cursor facets) {
        Cursor lineage = facets.at("lineage");
        if (!lineage.isThere() || isDeleted(lineage)) {
            return;
        }
        for (Cursor entry : lineage.at("entries").elementsIfThere()) {
            switch (entry.at("type").textIfThere().orElse("")) {
                case "DATASET" -> name(entry).ifPresent(dataset -> entry(dataset, entry));
                case "JOB" -> jobOf(entry).ifPresent(target -> jobEntry(target, entry));
                default -> entry.at("type").leaveOut("DATASET or JOB");
            }
        }
    }

    private void entry(EntityName target, Cursor entry) {
        Cursor inputs = entry.at("inputs");
        Cursor fields = entry.at("fields");
        if (inputs.isThere()) {
            own.exact(target);
        } else {
            own.output(target);
        }
        for (Cursor input : inputs.elementsIfThere()) {
            if (isJob(input)) {
                feedingJob(input);
            } else if (input.at("field").isThere()) {
                column(input).ifPresent(from -> own.whole(from, target, how(input, "INDIRECT")));
            } else {
                name(input).ifPresent(from -> own.table(from, target));
            }
        }
        if (fields.isThere()) {
            own.described(target);
        }
        for (Map.Entry<String, Cursor> field : fields.membersIfThere()) {
            ColumnName to = new ColumnName(target, field.getKey());
            for (Cursor input : field.getValue().at("inputs").elementsIfThere()) {
                if (isJob(input)) {
                    feedingJob(input);
                } else if (input.at("field").isThere()) {
                    column(input).ifPresent(from -> own.column(from, to, how(input, "")));
                } else {
                    name(input).ifPresent(from -> own.table(from, target));
                }
            }
        }
    }

    private void jobEntry(EntityName target, Cursor entry) {
        EdgesBuilder edges =
                job.filter(target::equals).isPresent()
                        ? own
                        : told.computeIfAbsent(target, any -> new EdgesBuilder());
        for (Cursor input : entry.at("inputs").elementsIfThere()) {
            if (isJob(input)) {
                jobOf(input).filter(other -> !other.equals(target)).ifPresent(edges::after);
            } else if (input.at("field").isThere()) {
                column(input).ifPresent(edges::read);
            } else {
                name(input).ifPresent(edges::input);
            }
        }
    }

    private static boolean isJob(Cursor input) {
        return input.at("type").textIfThere().orElse("").equals("JOB");
    }

    private void feedingJob(Cursor input) {
        jobOf(input).filter(other -> !job.filter(other::equals).isPresent()).ifPresent(own::after);
    }

    /// The job that is named, or the event's own.
    private Optional<EntityName> jobOf(Cursor entity) {
        if (!entity.at("namespace").isThere() && !entity.at("name").isThere()) {
            if (job.isEmpty()) {
                entity.leaveOut("a job with namespace and name");
            }
            return job;
        }
        return name(entity);
    }

    private static String how(Cursor input, String fallback) {
        Set<String> ways = new LinkedHashSet<>();
        for (Cursor each : input.at("transformations").elementsIfThere()) {
            String type = each.at("type").textIfThere().orElse("");
            String way =
                    each.at("subtype")
                            .textIfThere()
                            .filter(subtype -> !subtype.isEmpty())
                            .map(subtype -> type + "/" + subtype)
                            .orElse(type);
            ways.add(each.at("masking").node().asBoolean(false) ? way + " masked" : way);
        }
        ways.remove("");
        return ways.isEmpty() ? fallback : String.join(", ", ways);
    }
}
