package dev.sheaf.cli.profile;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The profiles of one user: `profile.json` in `$SHEAF_HOME` (default `~/.sheaf`), and
/// `profile-NAME.json` for any other name. Files are replaced whole and readable by their owner
/// only.
public final class ProfileStore {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path home;

    public ProfileStore(Path home) {
        this.home = home;
    }

    public Path home() {
        return home;
    }

    /// Where the profile lies, whether or not it exists.
    ///
    /// @param name empty for the default profile
    public Path file(Optional<String> name) {
        name.filter(given -> !NAME.matcher(given).matches())
                .ifPresent(given -> {
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "'"
                                    + given
                                    + "' cannot be a profile's name: use letters, digits, '-' and"
                                    + " '_'");
                });
        return home.resolve(name.map(given -> "profile-" + given + ".json").orElse("profile.json"));
    }

    /// @throws Problem INVALID_CONFIGURATION when the file is there but cannot be used
    public Optional<Profile> read(Optional<String> name) {
        Path file = file(name);
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            String url = root.path("url").asString("");
            if (url.isEmpty()) {
                throw unusable(file, "it has no 'url'", null);
            }
            return Optional.of(
                    new Profile(
                            URI.create(url), path(root, "tokenFile"), path(root, "dataDirectory")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw unusable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Problem unusable(Path file, String reason, @Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "cannot use the profile "
                        + file
                        + ": "
                        + reason
                        + ". Correct it, or remove it and run 'sheaf up' or give --url and"
                        + " --token-file",
                cause);
    }

    private static Optional<Path> path(JsonNode root, String field) {
        return Optional.of(root.path(field).asString(""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }

    public void write(Optional<String> name, Profile profile) {
        ObjectNode root = JSON.createObjectNode();
        root.put("url", profile.url().toString());
        profile.tokenFile().ifPresent(file -> root.put("tokenFile", file.toString()));
        profile.dataDirectory().ifPresent(folder -> root.put("dataDirectory", folder.toString()));
        PrivateFile.write(file(name), root.toPrettyString() + "\n");
    }
}
