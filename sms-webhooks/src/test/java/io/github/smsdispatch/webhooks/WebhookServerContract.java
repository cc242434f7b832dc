package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.webhooks.Wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every way to receive webhooks, shown against a real server over loopback. */
@Timeout(60)
abstract class WebhookServerContract {
    /** So small that what is larger fits into any buffer on its way, and the answer is never lost to a reset. */
    private static final int MAX_BODY = 1_000;

    private static final String HEAD = " HTTP/1.1\r\nHost: sms.example.org:8080\r\nConnection: close\r\n";

    private record Received(ProviderAccount account, WebhookRequest request) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile WebhookReceiver receiver = (account, request) -> WebhookVerdict.of(List.of());

    /** Starts a server that gives what lies below {@code /hooks} to us, and returns its port. */
    abstract int start(WebhookReceiver target, WebhookOptions options) throws Exception;

    /** Stops the server; does nothing where there is none. */
    @AfterEach
    abstract void stop() throws Exception;

    private int start(WebhookOptions.Builder options) throws Exception {
        return start(
                (account, request) -> {
                    received.add(new Received(account, request));
                    return receiver.receive(account, request);
                },
                options.maxBodyBytes(MAX_BODY).build());
    }

    private int start() throws Exception {
        return start(WebhookOptions.builder());
    }

    private static String post(String path, String body) {
        return "POST " + path + HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String path) {
        return "GET " + path + HEAD + "\r\n";
    }

    private Received only() {
        assertThat(received).hasSize(1);
        return received.remove();
    }

    @Test
    @DisplayName("the receiver gets the request as it came in: URL with its raw query, every header value, every byte")
    void asItCameIn() throws Exception {
        String bytes = "a=%20b&c=\u00ff\u0000+";

        Reply reply = Wire.exchange(
                start(),
                "POST /hooks/twilio/second/x%20y?ref=a%20b+c&d=%C3%A9&e HTTP/1.1\r\nhOsT: sms.example.org:8080\r\n"
                        + "X-Signature: one\r\nx-signature: two, three\r\nConnection: close\r\nContent-Length: "
                        + bytes.length() + "\r\n\r\n" + bytes);

        assertThat(reply.status()).isEqualTo(200);
        Received it = only();
        assertThat(it.account()).isEqualTo(ProviderAccount.parse("twilio:second"));
        assertThat(it.request().method()).isEqualTo("POST");
        assertThat(it.request().url())
                .isEqualTo("http://sms.example.org:8080/hooks/twilio/second/x%20y?ref=a%20b+c&d=%C3%A9&e");
        assertThat(it.request().body()).isEqualTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(it.request().header("X-Signature")).contains("one");
    }

    @Test
    @DisplayName("a body in chunks arrives in one piece, and GET has none")
    void chunks() throws Exception {
        int port = start();

        Wire.exchange(
                port,
                "POST /hooks/twilio" + HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n");
        assertThat(only().request().bodyText()).isEqualTo("a=1&b=2");

        Wire.exchange(port, get("/hooks/twilio?a=1"));
        Received it = only();
        assertThat(it.request().method()).isEqualTo("GET");
        assertThat(it.request().url()).endsWith("/hooks/twilio?a=1");
        assertThat(it.request().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/hooks/twilio,               twilio",
        "/hooks/twilio/,              twilio",
        "/hooks/twilio?a=/second,     twilio",
        "/hooks/twilio/second,        twilio:second",
        "/hooks/twilio/second/,       twilio:second",
        "/hooks/twilio/default/in/x,  twilio",
    })
    @DisplayName("the path names provider and account, which may be left out where there is only one")
    void accounts(String path, String account) throws Exception {
        assertThat(Wire.exchange(start(), get(path)).status()).isEqualTo(200);
        assertThat(only().account()).isEqualTo(ProviderAccount.parse(account));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hooks",
                "/hooks/",
                "/hooks/Twilio",
                "/hooks/twilio:second",
                "/hooks/%74wilio",
                "/hooks/twilio/a_b",
                "/hooksandmore/twilio",
                "/other/twilio"
            })
    @DisplayName("a path that names no account is answered 404")
    void noAccount(String path) throws Exception {
        Reply reply = Wire.exchange(start(), get(path));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "post"})
    @DisplayName("what is neither GET nor POST is answered 405 and learns what would be taken")
    void otherMethods(String method) throws Exception {
        Reply reply = Wire.exchange(start(), method + " /hooks/twilio" + HEAD + "\r\n");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).containsExactly("GET, POST");
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("a body of the largest size is taken, and one of a byte more is answered 413, in chunks or not")
    void tooLarge() throws Exception {
        int port = start();
        assertThat(Wire.exchange(port, post("/hooks/twilio", "x".repeat(MAX_BODY)))
                        .status())
                .isEqualTo(200);
        assertThat(only().request().body()).hasSize(MAX_BODY);

        assertThat(Wire.exchange(port, post("/hooks/twilio", "x".repeat(MAX_BODY + 1)))
                        .status())
                .isEqualTo(413);
        String chunk = Integer.toHexString(MAX_BODY + 1) + "\r\n" + "x".repeat(MAX_BODY + 1) + "\r\n";
        assertThat(Wire.exchange(
                                port,
                                "POST /hooks/twilio" + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk
                                        + "0\r\n\r\n")
                        .status())
                .isEqualTo(413);
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("a length that is too large is answered before the body comes")
    void largeLength() throws Exception {
        Reply reply = Wire.exchange(start(), "POST /hooks/twilio" + HEAD + "Content-Length: 99999999999\r\n\r\n");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("a body without an end is not read to its end")
    void endless() throws Exception {
        try (var wire = new Wire(start())) {
            wire.send("POST /hooks/twilio" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "400\r\n" + "x".repeat(1_024) + "\r\n";
            wire.send(chunk);
            wire.send(chunk);
            assertThat(wire.reply().status()).isEqualTo(413);
        }
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("a body that breaks off is given to nobody, and the next request is served")
    void breaksOff() throws Exception {
        int port = start();
        try (var wire = new Wire(port)) {
            wire.send("POST /hooks/twilio" + HEAD + "Content-Length: 10\r\n\r\nhalf")
                    .end();
            assertThat(wire.rest()).satisfiesAnyOf(answer -> assertThat(answer).isEmpty(), answer -> assertThat(answer)
                    .startsWith("HTTP/1.1 400 "));
        }
        assertThat(received).isEmpty();
        assertThat(Wire.exchange(port, post("/hooks/twilio", "whole")).status()).isEqualTo(200);
        assertThat(only().request().bodyText()).isEqualTo("whole");
    }

    @Test
    @DisplayName("a client that stops half-way is cut off by the limit of the server, and its request given to nobody")
    void stopsHalfWay() throws Exception {
        int port = start();
        try (var wire = new Wire(port)) {
            wire.send("POST /hooks/twilio" + HEAD + "Content-Length: 10\r\n\r\nhalf");
            assertThat(wire.rest()).satisfiesAnyOf(answer -> assertThat(answer).isEmpty(), answer -> assertThat(answer)
                    .startsWith("HTTP/1.1 400 "));
        }
        assertThat(received).isEmpty();
        assertThat(Wire.exchange(port, post("/hooks/twilio", "whole")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("an empty answer is 200 with a length of 0, and not to be kept by a cache")
    void emptyAnswer() throws Exception {
        Reply reply = Wire.exchange(start(), post("/hooks/twilio", "a=1"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).containsExactly("0");
        assertThat(reply.header("Cache-Control")).containsExactly("no-store");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    @DisplayName("the verdict's body and content type are what the provider gets")
    void answerWithBody() throws Exception {
        receiver = (account, request) ->
                WebhookVerdict.of(List.of()).answeredWith("text/xml; charset=utf-8", "<Response>é</Response>");

        Reply reply = Wire.exchange(start(), post("/hooks/twilio", "a=1"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).singleElement().satisfies(type -> assertThat(type.replace(" ", ""))
                .isEqualToIgnoringCase("text/xml;charset=utf-8"));
        assertThat(new String(reply.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("<Response>é</Response>");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413})
    @DisplayName("a refusal is answered with its status and without its reason")
    void refusal(int status) throws Exception {
        receiver = (account, request) -> WebhookVerdict.refused(status, "the reason");
        Reply reply = Wire.exchange(start(), post("/hooks/twilio?x=echo", "echo"));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).noneMatch(line -> line.contains("echo") || line.contains("reason"));
    }

    @Test
    @DisplayName("while the store is out of reach the provider is asked to come again")
    void storeTrouble() throws Exception {
        receiver = (account, request) -> {
            throw new StoreException("the database is away", null);
        };
        int port = start();
        var reply = new AtomicReference<Reply>();
        String log = Screen.during(() -> {
            reply.set(Wire.exchange(port, post("/hooks/twilio", "a=1")));
            return reply;
        });
        assertThat(reply.get().status()).isEqualTo(503);
        assertThat(reply.get().header("Retry-After")).containsExactly("30");
        assertThat(reply.get().body()).isEmpty();
        assertThat(log)
                .contains("(1 since the last line like this): the database is away")
                .contains(": " + StoreException.class.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, IOException.class})
    @DisplayName(
            "whatever is thrown, the provider is asked to come again, and the log shows where it was, not what it says")
    void bug(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getConstructor(String.class).newInstance("cannot read +447700900123");
        receiver = (account, request) -> sneakily(thrown);
        int port = start();
        var reply = new AtomicReference<Reply>();
        String log = Screen.during(() -> {
            reply.set(Wire.exchange(port, post("/hooks/twilio?to=%2B447700900123", "+447700900123")));
            return Wire.exchange(port, post("/hooks/twilio", "again"));
        });
        assertThat(reply.get().status()).isEqualTo(503);
        assertThat(reply.get().header("Retry-After")).containsExactly("30");
        assertThat(reply.get().body()).isEmpty();
        assertThat(log)
                .containsOnlyOnce("a webhook for twilio could not be kept and is asked for again"
                        + " (1 since the last line like this)")
                .containsOnlyOnce(": " + kind.getName())
                .contains("\tat " + WebhookServerContract.class.getName() + ".bug(")
                .doesNotContain("7700900123");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> WebhookVerdict sneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    @DisplayName("what is refused is told once a minute for each kind, without anything that a stranger wrote")
    void refusalsAreTold() throws Exception {
        int port = start();
        String log = Screen.during(() -> {
            for (int i = 0; i < 2; i++) {
                Wire.exchange(port, get("/hooks/447700900123_"));
                Wire.exchange(port, get("/hooks/twilio").replace("GET", "PUT"));
                Wire.exchange(port, post("/hooks/twilio", "x".repeat(MAX_BODY + 1)));
            }
            receiver = (account, request) -> WebhookVerdict.refused(404, "no account of this name takes webhooks");
            return Wire.exchange(port, get("/hooks/447700900123"));
        });
        String since = " (1 since the last line like this)";
        assertThat(log)
                .containsOnlyOnce(
                        "answered 404: a webhook is for no account here, or of a kind that its account does not"
                                + " take" + since)
                .containsOnlyOnce("answered 405: a webhook is neither GET nor POST" + since)
                .containsOnlyOnce("answered 413: a webhook has a body that is too large" + since)
                .doesNotContain("7700900123");
        assertThat(log.lines().filter(line -> line.contains("since the last line")))
                .hasSize(3);
    }

    @Test
    @DisplayName("the engine's answer to an account that it does not know is told as well")
    void unknownAccountIsTold() throws Exception {
        receiver = (account, request) -> WebhookVerdict.refused(404, "no account of this name takes webhooks");
        int port = start();
        assertThat(Screen.during(() -> Wire.exchange(port, get("/hooks/447700900123"))))
                .contains("answered 404: a webhook is for no account here")
                .doesNotContain("7700900123");
    }

    @Test
    @DisplayName("a body that takes longer than it may is answered 408")
    void tooSlow() throws Exception {
        int port = start(WebhookOptions.builder().bodyTimeout(Duration.ofNanos(1)));
        try (var wire = new Wire(port)) {
            wire.send("POST /hooks/twilio" + HEAD + "Content-Length: 10\r\n\r\nhalf");
            assertThat(wire.reply().status()).isEqualTo(408);
        }
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("behind a proxy the URL is the public one, whatever the request says")
    void publicUrl() throws Exception {
        int port = start(WebhookOptions.builder()
                .publicUrl(URI.create("https://sms.example.org/in/"))
                .trustForwardedHeaders(true));
        Wire.exchange(
                port,
                get("/hooks/twilio/second?a=%20")
                        .replace("Connection:", "X-Forwarded-Host: evil.example\r\nConnection:"));
        assertThat(only().request().url()).isEqualTo("https://sms.example.org/in/twilio/second?a=%20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | X-Forwarded-Proto: https^X-Forwarded-Host: sms.example.org         | http://inner:8080",
                "true  | X-Forwarded-Proto: https^X-Forwarded-Host: sms.example.org         | https://sms.example.org",
                "true  | X-Forwarded-Proto: HTTPS^X-Forwarded-Host: sms.example.org:8443    | https://sms.example.org:8443",
                "true  | X-Forwarded-Proto: http, https^X-Forwarded-Host: evil, a.example   | https://a.example",
                "true  | X-Forwarded-Proto: https^X-Forwarded-Host: evil^X-Forwarded-Host: a.example"
                        + " | https://a.example",
                "true  | X-Forwarded-Proto: https^X-Forwarded-Host: a.example^X-Forwarded-Port: 8443"
                        + " | https://a.example:8443",
                "true  | X-Forwarded-Proto: https^X-Forwarded-Host: a.example^X-Forwarded-Port: 443 | https://a.example",
                "true  | X-Forwarded-Proto: gopher                                          | http://inner:8080",
                "true  | X-Other: 1                                                         | http://inner:8080",
            })
    @DisplayName(
            "X-Forwarded-* count only where they are switched on, and of several the one that the nearest proxy added")
    void forwarded(boolean trusted, String headers, String origin) throws Exception {
        int port = start(WebhookOptions.builder().trustForwardedHeaders(trusted));
        Wire.exchange(
                port,
                "GET /hooks/twilio?a=1 HTTP/1.1\r\nHost: inner:8080\r\n" + headers.replace("^", "\r\n")
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(only().request().url()).isEqualTo(origin + "/hooks/twilio?a=1");
    }

    @Test
    @DisplayName("a signed receipt of Twilio settles its message, and a forged one does not")
    void endToEnd() throws Exception {
        var account = ProviderAccount.of("twilio");
        int port = start();
        try (var carrier = CarrierSimulator.builder()
                        .twilio(TwilioCredentials.fake())
                        .start();
                var engine = engine(account, carrier, "http://127.0.0.1:" + port + "/hooks/twilio")
                        .start()) {
            receiver = engine::receive;
            Reply forged = Wire.exchange(
                    port,
                    post("/hooks/twilio", "MessageSid=SM1&MessageStatus=delivered")
                            .replace("\r\n\r\n", "\r\nX-Twilio-Signature: AAAA\r\n\r\n"));
            assertThat(forged.status()).isEqualTo(403);

            MessageId id = engine.enqueue(
                            Message.to("+12025550123").text("hello").build())
                    .id();
            assertThat(engine.drain(Duration.ofSeconds(30))).isTrue();

            assertThat(engine.status(id).orElseThrow().state()).isEqualTo(MessageState.DELIVERED);
            assertThat(carrier.ledger().entries()).hasSize(1);
        }
    }

    private static DispatchEngine engine(ProviderAccount account, CarrierSimulator carrier, String callbackUrl) {
        var credentials = TwilioCredentials.fake();
        var settings = SettingSource.environment(Map.of(
                "TWILIO_ACCOUNT_SID",
                credentials.accountSid(),
                "TWILIO_AUTH_TOKEN",
                credentials.authToken(),
                "TWILIO_FROM",
                "+12025550100",
                "TWILIO_BASE_URL",
                carrier.baseUrl().toString(),
                "TWILIO_CALLBACK_URL",
                callbackUrl,
                // Longer than the test: only a receipt can settle anything.
                "TWILIO_RECEIPT_PATIENCE",
                "PT1H"));
        return DispatchEngine.builder(new InMemoryMessageStore())
                .accounts(ProviderCatalog.discover().create(List.of(account), settings))
                .idlePause(Duration.ofMillis(20))
                .build();
    }

    @Test
    @DisplayName("the largest body that a provider's module reads gets to it, and one byte more is refused unread")
    void largest() throws Exception {
        int largest = 2 * 1024 * 1024;
        var settings = SettingSource.environment(Map.of(
                "INFOBIP_BASE_URL",
                "https://abc123.api.example.com",
                "INFOBIP_API_KEY",
                "not-a-real-key",
                "INFOBIP_FROM",
                "AcmeInc",
                "INFOBIP_WEBHOOK_SECRET",
                "not-a-real-secret-0123"));
        try (var engine = DispatchEngine.builder(new InMemoryMessageStore())
                .accounts(ProviderCatalog.discover().create(List.of(ProviderAccount.of("infobip")), settings))
                .build()) {
            int port = start(engine::receive, WebhookOptions.defaults());
            String head = "POST /hooks/infobip?token=not-a-real-secret-0123" + HEAD
                    + "Content-Type: application/json\r\nContent-Length: ";
            String body = "{\"results\":[]}";

            Reply whole = Wire.exchange(port, head + largest + "\r\n\r\n" + body + " ".repeat(largest - body.length()));
            assertThat(whole.status()).isEqualTo(200);

            Reply more = Wire.exchange(port, head + (largest + 1) + "\r\n\r\n");
            assertThat(more.status()).isEqualTo(413);
        }
    }

    @Test
    @DisplayName("a text that the application cannot take now is asked for again")
    void handlerThrows() throws Exception {
        var account = ProviderAccount.of("fake");
        try (var engine = DispatchEngine.builder(new InMemoryMessageStore())
                .account(
                        account,
                        new TextingProvider(new InboundText(
                                account, "in-1", "+447700900123", "+447700900100", "hello", null, null)))
                .inboundHandler(text -> {
                    throw new IOException("no room for " + text.text());
                })
                .build()) {
            receiver = engine::receive;
            Reply reply = Wire.exchange(start(), post("/hooks/fake", ""));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).containsExactly("30");
            assertThat(Wire.exchange(port(), post("/hooks/nobody", "")).status())
                    .isEqualTo(404);
        }
    }

    /** The port of the running server. */
    abstract int port();
}
