package dev.sheaf.registry;

import dev.sheaf.contract.Source;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A document byte for byte, in JSON: as text where the bytes are UTF-8, else in base64.
///
/// @param name of its file
public record DocumentText(String name, String text, boolean isBase64) {
    /// @param source of any bytes
    public static DocumentText of(Source source) {
        byte[] bytes = source.bytes();
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new DocumentText(source.name(), text, false);
        } catch (CharacterCodingException e) {
            return new DocumentText(source.name(), Base64.getEncoder().encodeToString(bytes), true);
        }
    }

    /// The same bytes under the same name.
    public Source source() {
        return new Source(
                name,
                isBase64
                        ? Base64.getDecoder().decode(text)
                        : text.getBytes(StandardCharsets.UTF_8));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put(isBase64 ? "base64" : "text", text);
        return json;
    }

    static DocumentText read(Members members) {
        boolean isBase64 = members.has("base64");
        return new DocumentText(
                members.text("name"), members.text(isBase64 ? "base64" : "text"), isBase64);
    }
}
