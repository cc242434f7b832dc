package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.testkit.provider.RefusingPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProviderHttpTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void startServer() throws IOException {
        server.start(LOOPBACK, 0);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void anAnswerKeepsStatusRepeatedHeadersAndBody() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(422)
                .addHeader("X-Limit", "1")
                .addHeader("x-limit", "2")
                .body("{\"é\":1}")
                .build());

        ExchangeResult.Answered answer =
                answered(post(PATIENT, server.url("/a?b=c").toString()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.headers()).containsEntry("x-limit", List.of("1", "2"));
        assertThat(answer.header("X-LIMIT")).contains("1");
        assertThat(answer.body()).isEqualTo("{\"é\":1}");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/a?b=c");
        assertThat(request.getHeaders().get("X-Key")).isEqualTo("value");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo(ExchangeRequest.FORM);
        assertThat(request.getBody().utf8()).isEqualTo("To=%2B447700900123");
    }

    @Test
    void aRequestTakesNothingOverFromTheOneBefore() throws Exception {
        String url = server.url("/a").toString();
        String json = "application/json";
        List<ExchangeRequest> requests = List.of(
                ExchangeRequest.post(url, Map.of("X-Key", "1"), json, "first"),
                ExchangeRequest.post(url, Map.of("X-Key", "1"), json, "other body"),
                ExchangeRequest.post(url, Map.of("X-Key", "2"), json, "other header"),
                ExchangeRequest.post(url, Map.of("X-Key", "2"), "text/plain", "other type"),
                ExchangeRequest.post(server.url("/b").toString(), Map.of("X-Key", "2"), "text/plain", "other URL"),
                ExchangeRequest.get(server.url("/b").toString(), Map.of("X-Key", "2")),
                ExchangeRequest.post(server.url("/b").toString(), Map.of(), "text/plain", "no header"));

        try (var http = new ProviderHttp("test", PATIENT)) {
            for (ExchangeRequest request : requests) {
                server.enqueue(new MockResponse.Builder().build());
                answered(http.exchange(request));
            }
        }

        var seen = new ArrayList<String>();
        for (int i = 0; i < requests.size(); i++) {
            RecordedRequest request = server.takeRequest();
            seen.add(String.join(
                    " ",
                    request.getMethod(),
                    request.getTarget(),
                    String.valueOf(request.getHeaders().get("X-Key")),
                    String.valueOf(request.getHeaders().get("Content-Type")),
                    request.getBody() == null ? "-" : request.getBody().utf8()));
        }
        assertThat(seen)
                .containsExactly(
                        "POST /a 1 application/json first",
                        "POST /a 1 application/json other body",
                        "POST /a 2 application/json other header",
                        "POST /a 2 text/plain other type",
                        "POST /b 2 text/plain other URL",
                        "GET /b 2 null -",
                        "POST /b null text/plain no header");
    }

    @Test
    void aRefusedConnectionIsNotSent() {
        try (var nobody = new RefusingPort()) {
            assertNotSent(post(PATIENT, nobody.url()), "while connecting");
        }
    }

    @Test
    void anUnknownHostIsNotSent() {
        // RFC 6761 reserves the top-level domain invalid for names that do not exist.
        assertNotSent(post(PATIENT, "http://sms-gateway.invalid"), "while looking up the host");
    }

    @Test
    void aTlsHandshakeWithAServerThatSpeaksPlainTextIsNotSent() throws Exception {
        // MockWebServer would wait for the end of a request line that never comes; real servers answer 400 in plain
        // text.
        try (var listener = new ServerSocket(0, 50, LOOPBACK)) {
            var plainText = new FutureTask<>(() -> answerInPlainText(listener));
            new Thread(plainText, "plain-text-server").start();

            assertNotSent(post(PATIENT, "https://127.0.0.1:" + listener.getLocalPort()), "during the TLS handshake");

            assertThat(plainText.get())
                    .as("first byte of a TLS handshake record (RFC 8446 section 5.1)")
                    .isEqualTo(22);
        }
    }

    @Test
    void aDeadlineThatPassesWhileConnectingIsNotSent() throws IOException {
        try (var full = new FullServer()) {
            assertNotSent(post(SHORT, full.url()), "while connecting");
        }
    }

    @Test
    void aDeadlineThatPassesDuringTheTlsHandshakeIsNotSent() throws IOException {
        try (var silent = new ServerSocket(0, 50, LOOPBACK)) {
            assertNotSent(post(SHORT, "https://127.0.0.1:" + silent.getLocalPort()), "during the TLS handshake");
        }
    }

    @Test
    void aDeadlineThatPassesWhileTheRequestIsWrittenIsLost() throws IOException {
        try (var silent = new ServerSocket(0, 50, LOOPBACK)) {
            String moreThanAnySocketBuffers = "x".repeat(32 * 1024 * 1024);
            ExchangeResult result = exchange(
                    SHORT,
                    ExchangeRequest.post(
                            "http://127.0.0.1:" + silent.getLocalPort(),
                            Map.of(),
                            "text/plain",
                            moreThanAnySocketBuffers));

            assertLost(result, null);
        }
    }

    @Test
    void theDeadlineHoldsForABodyThatTrickles() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(1000))
                .throttleBody(1, 20, TimeUnit.MILLISECONDS)
                .build());
        long startedNanos = System.nanoTime();

        ExchangeResult result = post(SHORT, server.url("/").toString());

        assertThat(result).isInstanceOf(ExchangeResult.Lost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBodyOfTheLargestSizeIsRead() {
        server.enqueue(new MockResponse.Builder().body("x".repeat(1000)).build());

        assertThat(answered(bounded(1000)).body()).hasSize(1000);
    }

    @Test
    void aLargerBodyIsLostButItsStatusIsKept() {
        server.enqueue(
                new MockResponse.Builder().code(201).body("x".repeat(1001)).build());

        assertLost(bounded(1000), 201);
    }

    @Test
    void theBoundHoldsForABodyThatGrowsWhenUnpacked() throws IOException {
        var packed = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(packed))) {
            gzip.writeUtf8("x".repeat(100_000));
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(packed)
                .build());

        assertLost(bounded(1000), 200);
    }

    @Test
    void anInterruptEndsTheCallAndStaysVisible() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(30, TimeUnit.SECONDS).build());
        Thread.currentThread().interrupt();

        ExchangeResult result = post(PATIENT, server.url("/").toString());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isInstanceOf(ExchangeResult.NotSent.class);
    }

    @Test
    void aMalformedUrlIsMisuse() {
        assertThatThrownBy(() -> post(PATIENT, "nowhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLogShowsStatusTimeAndRequestIdAndNothingElse() throws IOException {
        var log = Path.of("target", "trace.log");
        server.enqueue(new MockResponse.Builder()
                .addHeader("X-Request-Id", "RQ-7")
                .body("secret-answer")
                .build());

        post(PATIENT, server.url("/secret-path?secret-query").toString());

        String logged = Files.readString(log);
        assertThat(logged)
                .containsPattern("test POST -> Answered\\[200, 13 characters\\] in [0-9]+ ms, request id RQ-7");
        assertThat(logged).doesNotContain("secret", "447700900123", "X-Key");
    }

    /** Answers one connection at its first byte, which it returns, and waits until the client hangs up. */
    private static int answerInPlainText(ServerSocket listener) throws IOException {
        try (Socket socket = listener.accept()) {
            int first = socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketException e) {
                // A client that hangs up before it read everything resets the connection.
            }
            return first;
        }
    }

    private ExchangeResult bounded(int maxBody) {
        try (var http = new ProviderHttp("test", PATIENT)) {
            return http.exchange(ExchangeRequest.get(server.url("/").toString(), Map.of()), maxBody);
        }
    }

    private static ExchangeResult post(Duration deadline, String url) {
        return exchange(
                deadline,
                ExchangeRequest.post(url, Map.of("X-Key", "value"), ExchangeRequest.FORM, "To=%2B447700900123"));
    }

    private static ExchangeResult exchange(Duration deadline, ExchangeRequest request) {
        try (var http = new ProviderHttp("test", deadline)) {
            return http.exchange(request);
        }
    }

    private static ExchangeResult.Answered answered(ExchangeResult result) {
        assertThat(result).isInstanceOf(ExchangeResult.Answered.class);
        return (ExchangeResult.Answered) result;
    }

    private static void assertNotSent(ExchangeResult result, String when) {
        assertThat(result).isInstanceOfSatisfying(ExchangeResult.NotSent.class, notSent -> assertThat(notSent.detail())
                .endsWith(when));
    }

    private static void assertLost(ExchangeResult result, Integer status) {
        assertThat(result).isInstanceOfSatisfying(ExchangeResult.Lost.class, lost -> assertThat(lost.status())
                .isEqualTo(status));
    }

    /** A server whose queue of connections is full, so that the next one is neither taken nor refused. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, LOOPBACK);
        private final List<Socket> waiting = new ArrayList<>();

        FullServer() throws IOException {
            var address = new InetSocketAddress(LOOPBACK, listener.getLocalPort());
            for (boolean full = false; !full; ) {
                var socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(address, 500);
                } catch (SocketTimeoutException e) {
                    full = true;
                }
            }
        }

        String url() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        }
    }
}
