package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A manifest as it stands in a document: whose it is, which revision, and the home's signature.
/// Nothing of it is known to be true before the signature is verified over [#payload()].
///
/// @param type the context type of the document; part of what is signed, so that no document counts
///   in another place
/// @param id of the document and of the manifest
/// @param revision counts up from 1 with each change of the manifest
/// @param json the manifest
/// @param signature the home's, as it comes
public record SignedManifest(
        String type, ManifestId id, long revision, JsonNode json, String signature) {
    /// What is signed: the canonical JSON of home, id, manifest, revision and type.
    public static byte[] payload(String type, ManifestId id, long revision, JsonNode json) {
        ObjectNode signed = JsonNodeFactory.instance.objectNode();
        signed.put("home", id.home().toString());
        signed.put("id", id.toString());
        signed.set("manifest", json);
        signed.put("revision", revision);
        signed.put("type", type);
        return CanonicalJson.bytes(signed);
    }

    public byte[] payload() {
        return payload(type, id, revision, json);
    }

    public RegionName home() {
        return id.home();
    }

    /// The manifest, once its signature is verified.
    ///
    /// @throws Problem INVALID_VALUE when it is none, or describes something else than the
    ///   document's id says
    public Manifest manifest() {
        Manifest manifest = ManifestJson.read(id.kind(), json);
        if (!manifest.subject().equals(id.subject())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the manifest in the document " + id + " describes " + manifest.subject());
        }
        return manifest;
    }

    /// The document.
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("home", id.home().toString());
        document.put("revision", revision);
        document.set("manifest", json);
        document.put("signature", signature);
        return document;
    }

    /// @param documentId under which it was found
    /// @throws Problem INVALID_VALUE for what is no such document, or names another home than its
    ///   id
    public static SignedManifest read(String type, String documentId, JsonNode document) {
        ManifestId id = ManifestId.parse(documentId);
        Members members = new Members(document);
        if (!members.text("home").equals(id.home().toString())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the document "
                            + documentId
                            + " says that its home is "
                            + members.text("home"));
        }
        return new SignedManifest(
                type,
                id,
                members.number("revision"),
                members.node("manifest"),
                members.text("signature"));
    }
}
