package io.github.smsdispatch.testkit.carrier.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.VonageApplication;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A carrier that plays Vonage's Messages API")
class VonageMessagesWireTest {
    private static final VonageApplication APPLICATION = VonageApplication.fake();

    private final SteppingClock clock = new SteppingClock();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .vonage(Client.VONAGE)
            .vonageApplication(APPLICATION)
            .clock(clock)
            .faults(FaultScript.of("delivery=3s"))
            .start();
    private final Client client = new Client(carrier);

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    @DisplayName("answers 202 with one id for a whole text, however long it is")
    void accepts() throws Exception {
        HttpResponse<String> answer = post(message("x".repeat(161)).put("client_ref", "my-ref"));

        assertThat(answer.statusCode()).isEqualTo(202);
        String id = Client.json(answer).get("message_uuid").textValue();
        assertThat(carrier.ledger().byReference("my-ref")).singleElement().satisfies(entry -> {
            assertThat(entry.messageIds()).containsExactly(id);
            assertThat(entry.segments()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @DisplayName("refuses with a problem")
    @CsvSource({
        "channel, viber, 422, messages#1400",
        "message_type, image, 422, messages#1440",
        "to, nobody, 422, messages#1430",
        "from, much too long a name, 422, messages#1420",
        "text, '', 422, messages#1010"
    })
    void refuses(String field, String value, int status, String type) throws Exception {
        HttpResponse<String> answer = post(message("hello").put(field, value));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Client.json(answer).get("type").textValue())
                .isEqualTo("https://developer.vonage.com/api-errors/" + type);
        assertThat(carrier.ledger().entries()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("takes seconds to live within bounds")
    @CsvSource({"19, 422", "20, 202", "604800, 202", "604801, 422"})
    void timeToLive(long seconds, int status) throws Exception {
        assertThat(post(message("hello").put("ttl", seconds)).statusCode()).isEqualTo(status);
    }

    @Test
    @DisplayName("refuses who said STOP")
    void optedOut() throws Exception {
        carrier.optOut(Client.RECIPIENT);

        assertThat(Client.json(post(message("hello"))).get("type").textValue()).endsWith("messages#1240");
    }

    @Test
    @DisplayName("throttles with 429 and a pause")
    void throttles() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.THROTTLE);

        HttpResponse<String> answer = post(message("hello"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    @DisplayName("takes a token of the application, and no other, old or unsigned one")
    void tokens() throws Exception {
        long now = Instant.now().getEpochSecond();

        assertThat(post(message("a"), "Bearer " + token(APPLICATION, now)).statusCode())
                .isEqualTo(202);
        assertThat(post(message("a"), "Bearer " + token(APPLICATION, now - 3600))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(message("a"), "Bearer " + token(VonageApplication.fake(), now))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(message("a"), "Bearer a.b.c").statusCode()).isEqualTo(401);
        assertThat(carrier.ledger().entries()).hasSize(1);
    }

    @Test
    @DisplayName("reports what the Messages API sent as MESSAGES, and the rest as SMS")
    void reports() throws Exception {
        String id = Client.json(post(message("a"))).get("message_uuid").textValue();
        client.vonage("b");
        clock.step(Duration.ofSeconds(4));

        JsonNode messages = records("MESSAGES", "");
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).get("message_id").textValue()).isEqualTo(id);
        assertThat(messages.get(0).get("status").textValue()).isEqualTo("delivered");
        assertThat(records("SMS", "")).hasSize(1);
        assertThat(records("MESSAGES", "&id=" + id)).hasSize(1);
        assertThat(records("SMS", "&id=" + id)).isEmpty();
    }

    @Test
    @DisplayName("says of a text whose time to live is over that it expired")
    void expiry() throws Exception {
        carrier.faults(FaultScript.of("delivery=3m"));
        post(message("a").put("ttl", 60));
        clock.step(Duration.ofMinutes(2));

        JsonNode expired = records("MESSAGES", "").get(0);
        assertThat(expired.get("status").textValue()).isEqualTo("undeliverable");
        assertThat(expired.get("error_code").textValue()).isEqualTo("1360");
    }

    @Test
    @DisplayName("sends what was asked for: characters outside GSM-7 are spoilt where the sender said text")
    void mangles() throws Exception {
        ObjectNode message = message("\u4f60\u597d");
        message.putObject("sms").put("encoding_type", "text");
        post(message);
        message.putObject("sms").put("encoding_type", "unicode");
        post(message);

        assertThat(carrier.ledger().entries())
                .extracting(LedgerEntry::textHash)
                .containsExactly(Ledger.textHash("??"), Ledger.textHash("\u4f60\u597d"));
    }

    private JsonNode records(String product, String more) throws Exception {
        return Client.json(client.getVonage("/v2/reports/records?account_id=" + Client.VONAGE.apiKey() + "&product="
                        + product + "&direction=outbound" + more))
                .get("records");
    }

    private static ObjectNode message(String text) {
        return Json.object()
                .put("channel", "sms")
                .put("message_type", "text")
                .put("to", Client.RECIPIENT.substring(1))
                .put("from", "AcmeInc")
                .put("text", text);
    }

    private HttpResponse<String> post(ObjectNode message) throws Exception {
        String pair = Client.VONAGE.apiKey() + ":" + Client.VONAGE.apiSecret();
        return post(message, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> post(ObjectNode message, String authorization) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(carrier.baseUrl() + "/v1/messages"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message.toString()))
                .build());
    }

    private static String token(VonageApplication application, long issuedAt) throws Exception {
        ObjectNode claims = Json.object()
                .put("application_id", application.id())
                .put("iat", issuedAt)
                .put("exp", issuedAt + 900)
                .put("jti", "1");
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(application.keys().getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
