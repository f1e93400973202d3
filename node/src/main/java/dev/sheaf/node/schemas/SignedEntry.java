package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.CanonicalJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An entry as it stands in a document. Nothing of it is known to be true before the signature is
/// verified over [#payload(String)].
///
/// @param revision counts up from 1 with each change of the entry
record SignedEntry(RegionName home, long revision, JsonNode json, String signature) {
    /// What is signed: all of it, with the type and the document's id.
    static byte[] payload(String type, String key, RegionName home, long revision, JsonNode entry) {
        ObjectNode signed = JsonNodeFactory.instance.objectNode();
        signed.put("home", home.toString());
        signed.put("id", id(key, home));
        signed.set("entry", entry);
        signed.put("revision", revision);
        signed.put("type", type);
        return CanonicalJson.bytes(signed);
    }

    /// A document's id.
    static String id(String key, RegionName home) {
        return key + "@" + home;
    }

    /// The home that a document's id names.
    static RegionName home(String id) {
        int at = id.lastIndexOf('@');
        if (at < 0) {
            throw new Problem(ProblemCode.INVALID_VALUE, "'" + id + "' names no region");
        }
        return RegionName.parse(id.substring(at + 1));
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("home", home.toString());
        document.put("revision", revision);
        document.set("entry", json);
        document.put("signature", signature);
        return document;
    }

    static SignedEntry read(String id, JsonNode document) {
        RegionName home = home(id);
        if (!document.path("home").asString("").equals(home.toString())
                || !document.path("revision").canConvertToLong()
                || !document.path("entry").isObject()
                || !document.path("signature").isString()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "the document '" + id + "' is no entry of " + home);
        }
        return new SignedEntry(
                home,
                document.path("revision").longValue(),
                document.path("entry"),
                document.path("signature").stringValue());
    }
}
