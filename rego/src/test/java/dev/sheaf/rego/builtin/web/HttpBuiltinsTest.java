package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Capability;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

class HttpBuiltinsTest {
    private static final String REQUEST = "{\"method\": \"GET\", \"url\": \"http://a.example\"}";

    private final Calls calls = new Calls();
    private final List<ObjectValue> sent = new ArrayList<>();

    private void answerWith(int status) {
        calls.surroundings.http =
                request -> {
                    sent.add(request);
                    return new ObjectValue.Builder()
                            .put("status_code", NumberValue.of(status))
                            .build();
                };
    }

    @Test
    void equalRequestsAreSentOnce() {
        answerWith(204);
        assertEquals("{\"status_code\":204}", calls.json("http.send", REQUEST));
        assertEquals("{\"status_code\":204}", calls.json("http.send", REQUEST));
        assertEquals(1, sent.size());
        calls.json("http.send", REQUEST.replace("GET", "HEAD"));
        assertEquals(2, sent.size());
    }

    @Test
    void aRequestIsCheckedBeforeItIsSent() {
        answerWith(200);
        assertEquals(
                "operand 1 missing required request parameters(s): {\"url\"}",
                calls.fault("http.send", "{\"method\": \"GET\"}"));
        assertEquals(
                "operand 1 invalid request parameters(s): {\"what\"}",
                calls.fault("http.send", "{\"what\": 1}"));
        assertEquals(
                "invalid value for raise_error field",
                calls.fault("http.send", "{\"raise_error\": 1}"));
        assertEquals(List.of(), sent);
    }

    @Test
    void whatFailsIsAFaultOrAnAnswerAsAskedFor() {
        calls.surroundings.http =
                request -> {
                    throw BuiltinFault.of("connection refused");
                };
        assertEquals("connection refused", calls.fault("http.send", REQUEST));
        String quiet = REQUEST.replace("}", ", \"raise_error\": false}");
        assertEquals(
                "{\"error\":{\"code\":\"eval_http_send_network_error\","
                        + "\"message\":\"connection refused\"},\"status_code\":0}",
                calls.json("http.send", quiet));
        assertEquals(
                "{\"error\":{\"code\":\"eval_http_send_internal_error\",\"message\":"
                        + "\"eval_type_error: http.send: operand 1 missing required request"
                        + " parameters(s): {\\\"method\\\", \\\"url\\\"}\"},\"status_code\":0}",
                calls.json("http.send", "{\"raise_error\": false}"));
    }

    @Test
    void whereNothingCanBeSentThatIsSaid() {
        assertEquals("no requests can be sent from here", calls.fault("http.send", REQUEST));
    }

    @Test
    void onlyTheTwoThatReachOutNeedTheNetwork() {
        Set<String> reachingOut =
                WebBuiltins.all().stream()
                        .filter(builtin -> builtin.capability() == Capability.NETWORK)
                        .map(Builtin::name)
                        .collect(Collectors.toSet());
        assertEquals(Set.of("http.send", "net.lookup_ip_addr"), reachingOut);
    }

    @Test
    void signingKeepsTheRequestAndAddsTheHeaders() {
        ObjectValue signed =
                (ObjectValue)
                        calls.value(
                                "providers.aws.sign_req",
                                """
                                {"method": "GET", "url": "https://s3.example/a%20b?x=1",
                                 "headers": {"User-Agent": "u", "A": "b"}, "timeout": "5s"}
                                """,
                                """
                                {"aws_service": "s3", "aws_access_key": "K", "aws_region": "r",
                                 "aws_secret_access_key": "S", "aws_session_token": "T"}
                                """,
                                "1451311705000000000");
        ObjectValue headers = (ObjectValue) Objects.requireNonNull(signed.get("headers"));
        assertEquals(Calls.text("5s"), signed.get("timeout"));
        assertEquals(Calls.text("u"), headers.get("User-Agent"));
        assertEquals(Calls.text("T"), headers.get("x-amz-security-token"));
        assertEquals(
                true,
                String.valueOf(headers.get("Authorization"))
                        .contains(
                                "SignedHeaders=a;host;x-amz-content-sha256;x-amz-date;"
                                        + "x-amz-security-token,"));
    }
}
