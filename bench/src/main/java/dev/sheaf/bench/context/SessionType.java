package dev.sheaf.bench.context;

import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;

/// The context type of the sessions that [EventGenerator] and [SmallDocuments] write.
public final class SessionType {
    public static final String NAME = "bench.session";

    /// The only version, the one that the generator's events name.
    public static final String VERSION = "1.2";

    /// Everything is declared, so that every value is validated.
    public static final String YAML =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: bench.session
            domain: bench
            versions:
              - version: "1.2"
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    session:
                      type: object
                      additionalProperties: false
                      properties:
                        intent: {type: string, maxLength: 100}
                        channel: {enum: [web, mobile, phone]}
                        locale: {type: string, pattern: "^[a-z]{2}-[A-Z]{2}$"}
                        city: {type: string, maxLength: 100}
                        verified: {type: boolean}
                    conversation:
                      type: object
                      additionalProperties: false
                      properties:
                        messages:
                          type: array
                          items:
                            type: object
                            required: [role, content]
                            additionalProperties: false
                            properties:
                              role: {enum: [user, assistant]}
                              content: {type: string, maxLength: 100000}
                    usage:
                      type: object
                      additionalProperties: false
                      properties:
                        turns: {type: integer}
                        tokens: {type: integer}
            fields:
              /conversation/messages: {merge: conversation}
              /usage/turns: {merge: counter}
              /usage/tokens: {merge: counter}
            residency: {regions: [aws/us-east-1, azure/westeurope]}
            staleness: critical
            """;

    private SessionType() {}

    public static ContextType read() {
        return ContextTypeReader.read(YAML, "bench.session.yaml").orThrow();
    }
}
