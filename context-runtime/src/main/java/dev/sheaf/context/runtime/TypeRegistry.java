package dev.sheaf.context.runtime;

import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;
import dev.sheaf.context.type.Residency;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The context types that this node knows, each a file of its own. For any thread.
final class TypeRegistry {
    private static final String SUFFIX = ".yaml";
    private static final String OF_THE_MESH = "mesh.";

    private final ContextConfig config;
    private final Path folder;
    private final Map<String, KnownType> types = new ConcurrentHashMap<>();

    TypeRegistry(ContextConfig config, Path folder) {
        this.config = config;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                    String name = file.getFileName().toString();
                    KnownType known = read(Files.readString(file), name, isOfTheMesh(name));
                    types.put(known.name(), known);
                }
            }
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, folder + " cannot be read", e);
        }
    }

    List<KnownType> all() {
        return types.values().stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
    }

    Optional<KnownType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /// @throws Problem NOT_FOUND when there is no such type here
    KnownType require(String name) {
        KnownType known = types.get(name);
        if (known == null) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no context type '"
                            + name
                            + "' on this node; it has "
                            + all().stream().map(KnownType::name).toList());
        }
        return known;
    }

    /// Whether the name is one of the mesh's own types, which only the node itself applies.
    static boolean isOfTheMesh(String name) {
        return name.startsWith(OF_THE_MESH);
    }

    /// What a domain's declaration is here, without keeping it.
    ///
    /// @throws Problem INVALID_CONFIGURATION with the findings
    KnownType draft(String yaml, String sourceName) {
        return read(yaml, sourceName, false);
    }

    /// Keeps a type, and answers with it as it is now.
    ///
    /// @param ofTheMesh whether the declaration is the mesh's own, and no domain's
    /// @throws Problem INVALID_CONFIGURATION with the findings, CONFLICT for a change that the
    ///   documents cannot follow
    synchronized KnownType apply(String yaml, String sourceName, boolean ofTheMesh) {
        KnownType next = read(yaml, sourceName, ofTheMesh);
        KnownType before = types.get(next.name());
        if (before != null) {
            if (before.yaml().equals(yaml)) {
                return before;
            }
            requireSameScope(before, next);
        }
        keep(next);
        types.put(next.name(), next);
        return next;
    }

    private static void requireSameScope(KnownType before, KnownType next) {
        if (!before.scope().equals(next.scope())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    next.name()
                            + " would move from the scope "
                            + before.scope()
                            + " to "
                            + next.scope()
                            + ", and its documents cannot follow. Declare a type of another name,"
                            + " or change who is in a named scope");
        }
    }

    private KnownType read(String yaml, String sourceName, boolean ofTheMesh) {
        ContextType type =
                (ofTheMesh
                                ? ContextTypeReader.readOfTheMesh(yaml, sourceName)
                                : ContextTypeReader.read(yaml, sourceName))
                        .orThrow();
        return switch (type.residency()) {
            case Residency.Regions declared ->
                    new KnownType(type, yaml, scopeName(declared.regions()), declared.regions());
            case Residency.Scope scope -> {
                SortedSet<RegionName> regions = config.scopes().get(scope.name());
                if (regions == null) {
                    throw new Problem(
                            ProblemCode.INVALID_CONFIGURATION,
                            type.name()
                                    + " lives in the scope '"
                                    + scope.name()
                                    + "', which this node's configuration does not declare; it"
                                    + " declares "
                                    + config.scopes().keySet().stream().sorted().toList());
                }
                yield new KnownType(type, yaml, scope.name(), regions);
            }
        };
    }

    /// A scope that is declared by its regions is called by them.
    static String scopeName(SortedSet<RegionName> regions) {
        return regions.stream().map(RegionName::toString).collect(Collectors.joining(","));
    }

    private void keep(KnownType type) {
        Path file = folder.resolve(type.name() + SUFFIX);
        Path fresh = folder.resolve(type.name() + ".new");
        try {
            Files.writeString(fresh, type.yaml());
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, file + " cannot be written", e);
        }
    }
}
