package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Faults of submissions, as the client sees them")
class SubmissionFaultTest {
    private static final int STILL_WAITING = -2;

    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .twilio(Client.TWILIO)
            .vonage(Client.VONAGE)
            .start();
    private final Client client = new Client(carrier);

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    @DisplayName("throttled in the provider's words, and not accepted")
    void throttle() throws Exception {
        carrier.nextSubmissions(2, SubmissionFault.THROTTLE);
        HttpResponse<String> twilio = client.twilio("a");
        HttpResponse<String> vonage = client.vonage("b");

        assertThat(twilio.statusCode()).isEqualTo(429);
        assertThat(Client.json(twilio).get("code").asInt()).isEqualTo(20429);
        assertThat(vonage.statusCode()).isEqualTo(200);
        assertThat(Client.json(vonage).at("/messages/0/status").asText()).isEqualTo("1");
        assertThat(Client.json(vonage).at("/messages/0/error-text").asText()).contains("wait [ 250 ]");
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().refused()).containsEntry("throttle", 2L);
    }

    @Test
    @DisplayName("a gateway's 429 carries Retry-After and no JSON, and nothing is accepted")
    void http429() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.HTTP429);
        HttpResponse<String> answer = client.twilio("a");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).startsWith("<html>");
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    @DisplayName("503 does not accept, 500 after accepting does")
    void serverErrors() throws Exception {
        carrier.nextSubmissions(2, SubmissionFault.HTTP503);
        assertThat(client.twilio("a").statusCode()).isEqualTo(503);
        assertThat(client.vonage("b").statusCode()).isEqualTo(503);
        assertThat(carrier.ledger().size()).isZero();

        carrier.nextSubmissions(2, SubmissionFault.ERROR_AFTER_ACCEPT);
        assertThat(client.twilio("a").statusCode()).isEqualTo(500);
        assertThat(client.vonage("b").statusCode()).isEqualTo(500);
        assertThat(carrier.ledger().size()).isEqualTo(2);
    }

    @Test
    @DisplayName("a lost answer ends the connection without a byte, yet the message is accepted once")
    void loseAnswer() {
        carrier.nextSubmissions(1, SubmissionFault.LOSE_ANSWER);

        assertThatThrownBy(() -> client.twilio("a")).isInstanceOf(IOException.class);
        assertThat(carrier.ledger().byRecipient(Client.RECIPIENT)).hasSize(1);
        assertThat(carrier.statistics().answersLost()).isEqualTo(1);
    }

    @Test
    @DisplayName("a dropped request ends the connection without a byte, and nothing is accepted")
    void dropRequest() {
        carrier.nextSubmissions(1, SubmissionFault.DROP_REQUEST);

        assertThatThrownBy(() -> client.twilio("a")).isInstanceOf(IOException.class);
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().submissions()).isEqualTo(1);
    }

    @Test
    @DisplayName("a stalled answer sends its head and half of its body, then nothing while the connection stays open")
    void stall() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.STALL);
        HttpClient http = HttpClient.newHttpClient();
        var request = client.twilioRequest(
                Client.form("To", Client.RECIPIENT, "From", Client.SENDER, "Body", "a stalled one"));
        var stream = http.send(request, BodyHandlers.ofInputStream());
        int announced =
                Integer.parseInt(stream.headers().firstValue("Content-Length").orElseThrow());

        try (var body = stream.body()) {
            byte[] half = body.readNBytes(announced / 2);
            CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> read(body));

            assertThat(stream.statusCode()).isEqualTo(201);
            assertThat(new String(half, StandardCharsets.UTF_8)).startsWith("{\"sid\":");
            assertThat(next.completeOnTimeout(STILL_WAITING, 200, TimeUnit.MILLISECONDS)
                            .get())
                    .isEqualTo(STILL_WAITING);
            assertThat(carrier.ledger().size()).isEqualTo(1);
        }
    }

    private static int read(InputStream body) {
        try {
            return body.read();
        } catch (IOException e) {
            return -3;
        }
    }

    @Test
    @DisplayName("garbage has the status of success but no JSON, and the message is accepted")
    void garbage() throws Exception {
        carrier.nextSubmissions(2, SubmissionFault.GARBAGE);
        HttpResponse<String> twilio = client.twilio("a");
        HttpResponse<String> vonage = client.vonage("b");

        assertThat(twilio.statusCode()).isEqualTo(201);
        assertThat(vonage.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Client.json(twilio)).isInstanceOf(IllegalArgumentException.class);
        assertThat(carrier.ledger().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @DisplayName("the next submission after any fault is served again")
    @EnumSource(
            value = SubmissionFault.class,
            names = {"LOSE_ANSWER", "DROP_REQUEST", "THROTTLE", "GARBAGE"})
    void recovers(SubmissionFault fault) throws Exception {
        carrier.nextSubmissions(1, fault);
        try {
            client.twilio("a");
        } catch (IOException expectedForSome) {
            // the connection was closed
        }

        assertThat(client.twilio("b").statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("are not used up by a submission that is invalid anyway")
    void invalidDoesNotCount() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.HTTP503);

        assertThat(client.twilio(Client.form("To", "x", "From", Client.SENDER, "Body", "a"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.twilio("a").statusCode()).isEqualTo(503);
    }

    @Test
    @DisplayName("latency holds the answer back")
    void latency() throws Exception {
        carrier.faults(FaultScript.of("latency=60ms..80ms"));
        long start = System.nanoTime();
        client.twilio("a");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    @DisplayName("look-ups fail on their own share, submissions do not")
    void lookups() throws Exception {
        carrier.faults(FaultScript.of("lookup503=100%"));

        assertThat(client.twilio("a").statusCode()).isEqualTo(201);
        assertThat(client.getTwilio(Client.messages()).statusCode()).isEqualTo(503);
        assertThat(client.getVonage("/v2/reports/records?id=a").statusCode()).isEqualTo(503);
        assertThat(client.send(client.postWithoutAuth("/identity-insights/v1/requests", Map.of()))
                        .statusCode())
                .as("the check of a number, which is a POST")
                .isEqualTo(503);
    }

    @Test
    @DisplayName("many connections at once are all served, and the ledger has every one of them")
    void manyAtOnce() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 200; i++) {
            calls.add(http.sendAsync(
                    client.twilioRequest(
                            Client.form("To", Client.RECIPIENT, "From", Client.SENDER, "Body", "text " + i)),
                    BodyHandlers.ofString()));
        }
        for (var call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        }

        assertThat(carrier.ledger().size()).isEqualTo(200);
        assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
    }
}
