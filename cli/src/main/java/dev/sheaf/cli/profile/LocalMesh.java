package dev.sheaf.cli.profile;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The nodes that `sheaf up --regions` started on this machine, in the order in which they were
/// named: `mesh/mesh.json` in `$SHEAF_HOME`. It stays when they stop.
public record LocalMesh(List<Member> members) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public LocalMesh {
        members = List.copyOf(members);
    }

    /// One node.
    ///
    /// @param port where it serves HTTP
    /// @param linksPort where it listens for the other nodes
    public record Member(RegionName region, int port, int linksPort) {
        /// The name of its profile; regions hold no underscore, so names of two never meet.
        public String profile() {
            return region.cloud() + "_" + region.location();
        }
    }

    /// What the nodes share: keys and certificates.
    public static Path folder(ProfileStore profiles) {
        return profiles.home().resolve("mesh");
    }

    private static Path file(ProfileStore profiles) {
        return folder(profiles).resolve("mesh.json");
    }

    /// @return empty when `sheaf up --regions` was never called
    /// @throws Problem INVALID_CONFIGURATION when the file is there but cannot be used
    public static Optional<LocalMesh> read(ProfileStore profiles) {
        Path file = file(profiles);
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            List<Member> members = new ArrayList<>();
            for (JsonNode node : root.path("nodes").values()) {
                members.add(
                        new Member(
                                RegionName.parse(node.path("region").asString("")),
                                node.path("port").asInt(),
                                node.path("linksPort").asInt()));
            }
            return members.isEmpty() ? Optional.empty() : Optional.of(new LocalMesh(members));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "cannot use " + file + ": " + e.getMessage() + ". Remove it",
                    e);
        }
    }

    /// The mesh whose first node commands speak to when nothing else is said; empty when a later
    /// `sheaf up` made another node the default.
    public static Optional<LocalMesh> current(ProfileStore profiles) {
        Optional<Profile> byDefault = profiles.read(Optional.empty());
        return read(profiles)
                .filter(mesh ->
                        profiles.read(Optional.of(mesh.members().getFirst().profile()))
                                .map(Profile::url)
                                .equals(byDefault.map(Profile::url)));
    }

    public Optional<Member> member(RegionName region) {
        return members.stream().filter(member -> member.region().equals(region)).findFirst();
    }

    public void write(ProfileStore profiles) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode nodes = root.putArray("nodes");
        for (Member member : members) {
            nodes.addObject()
                    .put("region", member.region().toString())
                    .put("port", member.port())
                    .put("linksPort", member.linksPort());
        }
        PrivateFile.write(file(profiles), root.toPrettyString() + "\n");
    }
}
