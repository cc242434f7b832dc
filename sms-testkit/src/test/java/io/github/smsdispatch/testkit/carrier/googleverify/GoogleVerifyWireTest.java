package io.github.smsdispatch.testkit.carrier.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.Client;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyRealm;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A carrier that plays a verification server")
class GoogleVerifyWireTest {
    private static final String KEY = GoogleVerifyCredentials.fake().apiKey();

    private final SteppingClock clock = new SteppingClock();
    private final GoogleVerifyRealm realm = new GoogleVerifyRealm();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .googleVerify(GoogleVerifyCredentials.fake(), realm)
            .clock(clock)
            .faults(FaultScript.of("delivery=3s"))
            .start();
    private final Client client = new Client(carrier);

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    @DisplayName("issues a code, sends its text, and has the text in its ledger")
    void issues() throws Exception {
        ObjectNode order = order();
        HttpResponse<String> answer = post("/api/issue", order);

        JsonNode body = Client.json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.get("uuid")).isEqualTo(order.get("uuid"));
        assertThat(body.get("code").asText()).matches("[0-9]{8}");
        assertThat(body.get("expiresAt").asText()).isEqualTo("Fri, 20 Nov 2026 12:15:00 UTC");
        assertThat(body.get("expiresAtTimestamp").asLong())
                .isEqualTo(clock.instant().plusSeconds(900).getEpochSecond());
        assertThat(body.get("longExpiresAt").asText()).isEqualTo("Sat, 21 Nov 2026 12:00:00 UTC");
        assertThat(body.get("longExpiresAtTimestamp").asLong())
                .isEqualTo(clock.instant().plusSeconds(86_400).getEpochSecond());
        assertThat(body.get("padding").asText()).hasSizeGreaterThan(1_000);
        assertThat(body.has("generatedSMS")).isFalse();
        assertThat(carrier.ledger().size()).isOne();
        LedgerEntry entry = carrier.ledger().entries().get(0);
        assertThat(entry.provider()).isEqualTo("googleverify");
        assertThat(entry.messageIds()).containsExactly(order.get("uuid").asText());
        assertThat(entry.reference()).isEqualTo(order.get("uuid").asText());
        assertThat(entry.recipient()).isEqualTo(Client.RECIPIENT);
    }

    @Test
    @DisplayName("makes a reference of its own where none is given")
    void withoutReference() throws Exception {
        ObjectNode order = order();
        order.remove("uuid");

        assertThat(UUID.fromString(
                        Client.json(post("/api/issue", order)).get("uuid").asText()))
                .isNotNull();
    }

    @ParameterizedTest
    @DisplayName("refuses what the server refuses, with its code, and accepts nothing")
    @CsvSource({
        "testType, positive, invalid_test_type",
        "phone, 555, phone_number_invalid",
        "symptomDate, 2026-11-21, invalid_date",
        "testDate, 2026-10-22, invalid_date",
        "testDate, yesterday, unparsable_request",
        "smsTemplateLabel, other, sms_failure",
        "testtype, confirmed, unparsable_request"
    })
    void refuses(String field, String value, String code) throws Exception {
        HttpResponse<String> answer = post("/api/issue", order().put(field, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Client.json(answer).get("errorCode").asText()).isEqualTo(code);
        assertThat(carrier.ledger().size()).isZero();
        assertThat(carrier.statistics().refused()).containsEntry("googleverify " + code, 1L);
    }

    @Test
    @DisplayName("takes dates of four weeks, and a day more west of UTC")
    void dates() throws Exception {
        assertThat(post("/api/issue", order().put("testDate", "2026-10-23")).statusCode())
                .isEqualTo(200);
        assertThat(post("/api/issue", order().put("testDate", "2026-11-20")).statusCode())
                .isEqualTo(200);
        assertThat(post("/api/issue", order().put("testDate", "2026-10-22").put("tzOffset", -60))
                        .statusCode())
                .isEqualTo(200);
        realm.dateRequired(true);
        assertThat(code(post("/api/issue", order()))).isEqualTo("missing_date");
    }

    @Test
    @DisplayName("answers a reference that it knows with a 200 that holds nothing")
    void knownAlone() throws Exception {
        ObjectNode order = order();
        post("/api/issue", order);
        HttpResponse<String> again = post("/api/issue", order);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Client.json(again).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("expiresAt", "expiresAtTimestamp", "padding");
        assertThat(carrier.ledger().size()).isOne();
    }

    @Test
    @DisplayName("answers a batch item by item, with the status of the first that failed")
    void batches() throws Exception {
        ObjectNode known = order();
        post("/api/issue", known);
        HttpResponse<String> answer = batch(order(), known, order().put("phone", "555"), order());

        JsonNode codes = Client.json(answer).get("codes");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Client.json(answer).get("errorCode").asText()).isEqualTo("uuid_already_exists");
        assertThat(codes).hasSize(4);
        assertThat(codes.get(0).get("code").asText()).matches("[0-9]{8}");
        assertThat(codes.get(0).get("padding").asText()).isEmpty();
        assertThat(codes.get(1).get("errorCode").asText()).isEqualTo("uuid_already_exists");
        assertThat(codes.get(2).get("errorCode").asText()).isEqualTo("phone_number_invalid");
        assertThat(codes.get(3).has("uuid")).isTrue();
        assertThat(batch(order(), order()).statusCode()).isEqualTo(200);
        assertThat(batch(order().put("phone", "555"), known).statusCode()).isEqualTo(400);
        assertThat(batch(order().put("uuid", "17"), order()).statusCode()).isEqualTo(500);
        assertThat(carrier.ledger().size()).isEqualTo(6);
    }

    @Test
    @DisplayName("takes ten codes at once and no more, and only where bulk upload is allowed")
    void batchSize() throws Exception {
        ObjectNode[] eleven = new ObjectNode[11];
        Arrays.setAll(eleven, i -> order());

        HttpResponse<String> tooMany = batch(eleven);
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(Client.json(tooMany).has("errorCode")).isFalse();
        realm.bulkUpload(false);
        assertThat(batch(order()).statusCode()).isEqualTo(400);
        assertThat(post("/api/issue", order()).statusCode()).isEqualTo(200);
        assertThat(carrier.ledger().size()).isOne();
    }

    @Test
    @DisplayName("gives out no more than its quota for the day, which a known reference does not use")
    void quota() throws Exception {
        realm.dailyQuota(2);
        ObjectNode first = order();
        HttpResponse<String> answer = batch(first, order(), order());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Client.json(answer).get("codes").get(2).get("errorCode").asText())
                .isEqualTo("quota_exceeded");
        assertThat(post("/api/issue", first).statusCode()).isEqualTo(200);
        assertThat(post("/api/issue", order()).statusCode()).isEqualTo(429);
        clock.step(Duration.ofHours(12));
        assertThat(post("/api/issue", order()).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("says that it is in maintenance, for codes alone")
    void maintenance() throws Exception {
        String uuid = issued();
        realm.maintenance(true);

        HttpResponse<String> answer = post("/api/issue", order());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(code(answer)).isEqualTo("maintenance_mode");
        assertThat(code(batch(order()))).isEqualTo("maintenance_mode");
        assertThat(ask("/api/checkcodestatus", uuid).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("says in plain text that requests come too fast, and until when in a date that ends in UTC")
    void rateLimit() throws Exception {
        carrier.nextSubmissions(1, SubmissionFault.THROTTLE);

        HttpResponse<String> answer = post("/api/issue", order());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("Too Many Requests\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Retry-After")).contains("Fri, 20 Nov 2026 12:00:02 UTC");
        assertThat(carrier.ledger().size()).isZero();
    }

    @Test
    @DisplayName("claims a code when its text is delivered, and knows no other")
    void status() throws Exception {
        String uuid = issued();

        assertThat(Client.json(ask("/api/checkcodestatus", uuid)).get("claimed").booleanValue())
                .isFalse();
        clock.step(Duration.ofSeconds(3));
        JsonNode claimed = Client.json(ask("/api/checkcodestatus", uuid));
        assertThat(claimed.get("claimed").booleanValue()).isTrue();
        assertThat(claimed.get("longExpiresAtTimestamp").asLong())
                .isEqualTo(clock.instant().plusSeconds(86_397).getEpochSecond());
        HttpResponse<String> unknown =
                ask("/api/checkcodestatus", UUID.randomUUID().toString());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(code(unknown)).isEqualTo("code_not_found");
    }

    @Test
    @DisplayName("makes a code useless, unless it has been claimed")
    void expires() throws Exception {
        String uuid = issued();
        clock.step(Duration.ofSeconds(1));

        JsonNode expired = Client.json(ask("/api/expirecode", uuid));
        assertThat(expired.get("expiresAtTimestamp").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        clock.step(Duration.ofSeconds(9));
        assertThat(Client.json(ask("/api/expirecode", uuid))).isEqualTo(expired);
        assertThat(Client.json(ask("/api/checkcodestatus", uuid)).get("claimed").booleanValue())
                .isFalse();
        String claimed = issued();
        clock.step(Duration.ofSeconds(3));
        assertThat(ask("/api/expirecode", claimed).statusCode()).isEqualTo(400);
        assertThat(ask("/api/expirecode", UUID.randomUUID().toString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("writes a text without sending it, if the realm allows that")
    void generates() throws Exception {
        ObjectNode order = order().put("onlyGenerateSMS", true);
        JsonNode body = Client.json(post("/api/issue", order));

        assertThat(body.get("generatedSMS").asText()).startsWith("Your verification link: https://en.example/v?c=");
        assertThat(body.get("phone").asText()).isEqualTo(Client.RECIPIENT);
        assertThat(carrier.ledger().size()).isZero();
        assertThat(ask("/api/checkcodestatus", order.get("uuid").asText()).statusCode())
                .isEqualTo(200);
        realm.generatedTexts(false);
        assertThat(code(post("/api/issue", order().put("onlyGenerateSMS", true))))
                .isEqualTo("unparsable_request");
    }

    @Test
    @DisplayName("cannot send to somebody who opted out of its own provider")
    void optedOut() throws Exception {
        carrier.optOut(Client.RECIPIENT);

        assertThat(code(post("/api/issue", order()))).isEqualTo("sms_failure");
    }

    @Test
    @DisplayName("wants its key, a POST and JSON")
    void access() throws Exception {
        HttpRequest.Builder request = request("/api/issue").POST(BodyPublishers.ofString(order().toString()));

        assertThat(client.send(request.copy().setHeader("X-API-Key", "wrong").build())
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.send(request.copy()
                                .setHeader("Content-Type", "text/plain")
                                .build())
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.send(request.copy().GET().build()).statusCode()).isEqualTo(405);
        assertThat(carrier.ledger().size()).isZero();
    }

    @ParameterizedTest
    @DisplayName("says 400 to a body that it cannot read")
    @ValueSource(strings = {"", "[]", "{", "{\"codes\":{}}", "{\"codes\":[17]}", "{\"codes\":[{\"phone\":1}]}"})
    void unreadable(String body) throws Exception {
        HttpResponse<String> answer = client.send(
                request("/api/batch-issue").POST(BodyPublishers.ofString(body)).build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("unparsable_request");
    }

    private static ObjectNode order() {
        return Json.object()
                .put("testType", "confirmed")
                .put("phone", Client.RECIPIENT)
                .put("uuid", UUID.randomUUID().toString())
                .put("padding", "cGFk");
    }

    private String issued() throws Exception {
        return Client.json(post("/api/issue", order())).get("uuid").asText();
    }

    private HttpResponse<String> batch(ObjectNode... orders) throws Exception {
        ObjectNode body = Json.object();
        body.putArray("codes").addAll(List.of(orders));
        return post("/api/batch-issue", body);
    }

    private HttpResponse<String> ask(String path, String uuid) throws Exception {
        return post(path, Json.object().put("uuid", uuid));
    }

    private HttpResponse<String> post(String path, ObjectNode body) throws Exception {
        return client.send(
                request(path).POST(BodyPublishers.ofString(body.toString())).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(carrier.baseUrl() + path))
                .timeout(Duration.ofSeconds(10))
                .header("X-API-Key", KEY)
                .header("Content-Type", "application/json");
    }

    private static String code(HttpResponse<String> answer) {
        return Client.json(answer).path("errorCode").asText();
    }
}
