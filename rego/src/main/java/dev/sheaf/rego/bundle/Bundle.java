package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.value.ObjectValue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Policies and data that belong together. Immutable; for any thread.
///
/// @param data what stands under `data`, within the manifest's roots
/// @param modules the policies in the order of their names, packages within the roots; the file of
///   each is its name in the bundle, as `orders/access.rego`
public record Bundle(Manifest manifest, ObjectValue data, List<Module> modules) {
    /// @throws Problem INVALID_VALUE when data or policies are outside of the roots, or a policy
    ///   has no name of its own; UNREADABLE_INPUT when a name is not allowed in an archive
    public Bundle {
        modules = modules.stream().sorted(Comparator.comparing(Module::file)).toList();
        Set<String> names = new HashSet<>();
        for (Module module : modules) {
            String name = module.file();
            if (!name.endsWith(".rego") || !EntryName.of(name).path().equals(name)) {
                throw Faults.invalid(
                        name,
                        "policies are named as in folder/name.rego, without a slash in front");
            }
            if (!names.add(name)) {
                throw Faults.invalid(name, "two policies have this name; rename one");
            }
            manifest.ownedPaths().require(module);
        }
        manifest.ownedPaths().require(data);
    }

    /// Reads a `.tar.gz`, and verifies it when the options say by whom it must be signed. The
    /// stream is read to its end and not closed; nothing of it is kept after a failure.
    ///
    /// @throws Problem UNREADABLE_INPUT when the archive is damaged, has entries that are not
    ///   allowed, or files that are no JSON, YAML or Rego; LIMIT_EXCEEDED when it is too large;
    ///   UNAUTHENTICATED when it is not signed as required; INVALID_VALUE when its parts do not fit
    ///   together
    /// @throws IOException of the stream
    public static Bundle read(InputStream in, ReadOptions options) throws IOException {
        return BundleReader.read(TarReader.readGzip(in, options.limits()), options);
    }

    /// Writes a `.tar.gz`; the same bundle always becomes the same bytes. The stream is not closed.
    ///
    /// @throws IOException of the stream
    public void write(OutputStream out) throws IOException {
        TarWriter.writeGzip(BundleWriter.files(this), out);
    }

    /// Writes it with a signature. The bytes are the same each time for keys of RSA (`RS…`) and
    /// secrets (`HS…`); the other schemes sign differently each time.
    ///
    /// @throws IOException of the stream
    public void write(OutputStream out, Signing signing) throws IOException {
        TarWriter.writeGzip(BundleWriter.signedFiles(this, signing), out);
    }
}
