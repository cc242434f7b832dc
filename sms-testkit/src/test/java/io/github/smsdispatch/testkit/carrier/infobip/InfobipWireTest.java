package io.github.smsdispatch.testkit.carrier.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import io.github.smsdispatch.testkit.carrier.ReceiptInbox;
import io.github.smsdispatch.testkit.carrier.SteppingClock;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A carrier that plays Infobip")
class InfobipWireTest {
    private static final String SEND = "/sms/3/messages";
    private static final String LOGS = "/sms/3/logs?";

    private final SteppingClock clock = new SteppingClock();
    private final ReceiptInbox inbox;
    private final CarrierSimulator carrier;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    InfobipWireTest() throws IOException {
        inbox = new ReceiptInbox();
        carrier = CarrierSimulator.builder()
                .infobip(InfobipCredentials.fake())
                .inboundUrl(inbox.url("/in"))
                .clock(clock)
                .faults(FaultScript.of("delivery=3s"))
                .start();
    }

    @AfterEach
    void stop() {
        carrier.close();
        inbox.close();
    }

    @Test
    @DisplayName("accepts different texts in one request, under the ids that the sender chose")
    void accepts() throws Exception {
        HttpResponse<String> answer =
                send(message("my-1", "12025550101", "hello"), message("my-2", "12025550102", "x".repeat(161)));

        JsonNode body = Json.parse(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.path("bulkId").asText()).isNotBlank();
        assertThat(body.path("messages").findValuesAsText("messageId")).containsExactly("my-1", "my-2");
        assertThat(body.path("messages").findValuesAsText("destination")).containsExactly("12025550101", "12025550102");
        assertThat(body.path("messages").findValuesAsText("id")).containsExactly("26", "26");
        assertThat(body.path("messages").findValuesAsText("messageCount")).containsExactly("1", "2");
        assertThat(carrier.ledger().entries())
                .extracting(LedgerEntry::recipient)
                .containsExactly("+12025550101", "+12025550102");
    }

    @Test
    @DisplayName("gives ids of its own where the sender chose none, and counts parts only when asked")
    void ownIds() throws Exception {
        JsonNode body = Json.parse(post(
                        SEND,
                        "{\"messages\":[{\"destinations\":[{\"to\":\"12025550101\"},{\"to\":\"12025550102\"}],"
                                + "\"content\":{\"text\":\"hi\"}}]}")
                .body());

        assertThat(body.path("messages").findValuesAsText("messageId"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9]{22}"));
        assertThat(body.path("messages").findValues("details")).isEmpty();
    }

    @Test
    @DisplayName("refuses an id that was used before, with status 23, and takes the others of the request")
    void duplicateId() throws Exception {
        send(message("my-1", "12025550101", "hello"));

        JsonNode again = items(send(message("my-1", "12025550101", "hello"), message("my-2", "12025550101", "hello")));

        assertThat(again.findValuesAsText("messageId")).containsExactly("my-1", "my-2");
        assertThat(again.findValuesAsText("id")).containsExactly("23", "26");
        assertThat(carrier.ledger().size()).isEqualTo(2);
        assertThat(carrier.statistics().refused()).containsEntry("infobip 23", 1L);
    }

    @Test
    @DisplayName("refuses one recipient with a status, and takes the others of the request")
    void oneRefused() throws Exception {
        carrier.optOut("+12025550103");

        JsonNode items = items(send(
                message("my-1", "12025550101", "hello"),
                message("my-2", "not-a-number", "hello"),
                message("my-3", "12025550103", "hello"),
                message("my-4", "12025550104", "x".repeat(25 * 153 + 1))));

        assertThat(items.findValuesAsText("id")).containsExactly("26", "52", "14", "25");
        assertThat(items.findValuesAsText("groupName")).containsExactly("PENDING", "REJECTED", "REJECTED", "REJECTED");
        assertThat(carrier.ledger().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("refuses all of a request that the document forbids, and names each place")
    void wholeRequestRefused() throws Exception {
        ObjectNode badValidity = message("my-3", "12025550103", "hello");
        badValidity
                .putObject("options")
                .putObject("validityPeriod")
                .put("amount", 0)
                .put("timeUnit", "SECONDS");

        HttpResponse<String> answer =
                send(message("my-1", "12025550101", "hello"), message("x".repeat(201), "", ""), badValidity);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorCode").asText()).isEqualTo("E400");
        assertThat(Json.parse(answer.body()).path("violations").findValuesAsText("property"))
                .containsExactly(
                        "messages[1].content.text",
                        "messages[1].destinations[0].to",
                        "messages[1].destinations[0].messageId",
                        "messages[2].options.validityPeriod");
        assertThat(carrier.ledger().size()).isZero();
    }

    @ParameterizedTest
    @DisplayName("refuses strangers, other methods and what is no request")
    @CsvSource({
        "POST, App wrong, {}, 401",
        "POST, Basic YTpi, {}, 401",
        "PUT, App infobip-simulator-api-key, {}, 405",
        "POST, App infobip-simulator-api-key, {}, 400",
        "POST, App infobip-simulator-api-key, <xml/>, 400"
    })
    void refuses(String method, String authorization, String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(carrier.baseUrl().resolve(SEND))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", authorization)
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
        assertThat(carrier.statistics().refused()).containsEntry("infobip " + status, 1L);
    }

    @ParameterizedTest
    @DisplayName(
            "has a duplicate refused after each way of losing an answer, and takes the message where none was taken")
    @CsvSource({
        "ERROR_AFTER_ACCEPT, 500, 23",
        "GARBAGE, 200, 23",
        "HTTP503, 503, 26",
        "THROTTLE, 429, 26",
        "HTTP429, 429, 26"
    })
    void faults(SubmissionFault fault, int status, String then) throws Exception {
        carrier.nextSubmissions(1, fault);

        assertThat(send(message("my-1", "12025550101", "hello")).statusCode()).isEqualTo(status);
        assertThat(items(send(message("my-1", "12025550101", "hello"))).findValuesAsText("id"))
                .containsExactly(then);
        assertThat(carrier.ledger().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds messages in its log by id, newest first, with their state and their text")
    void log() throws Exception {
        send(message("my-1", "12025550101", "one"), message("my-2", "12025550102", "two"));
        clock.step(Duration.ofSeconds(4));
        send(message("my-3", "12025550103", "three"));

        JsonNode results = results("messageId=my-1,my-3,my-9");

        assertThat(results.findValuesAsText("messageId")).containsExactly("my-3", "my-1");
        assertThat(results.findValuesAsText("text")).containsExactly("three", "one");
        assertThat(results.get(0).path("status").path("id").asInt()).isEqualTo(26);
        assertThat(results.get(1).path("status").path("id").asInt()).isEqualTo(5);
        assertThat(results.get(1).path("error").path("name").asText()).isEqualTo("NO_ERROR");
        assertThat(results.get(1).path("doneAt").asText()).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}\\+0000");
        assertThat(results("messageId=my-1,my-3,my-9"))
                .as("reading consumes nothing")
                .isEqualTo(results);
    }

    @ParameterizedTest
    @DisplayName("filters its log")
    @CsvSource({
        "destination=12025550102, my-2",
        "sender=Other, my-2",
        "generalStatus=DELIVERED, my-1",
        "generalStatus=PENDING, my-2",
        "bulkId=spring, my-1",
        "limit=1, my-2"
    })
    void filters(String filter, String id) throws Exception {
        post(
                SEND,
                "{\"messages\":[" + message("my-1", "12025550101", "one")
                        + "],\"options\":{\"schedule\":{\"bulkId\":\"spring\"}}}");
        clock.step(Duration.ofSeconds(4));
        send(message("my-2", "12025550102", "two").put("sender", "Other"));

        assertThat(results(filter).findValuesAsText("messageId")).containsExactly(id);
    }

    @Test
    @DisplayName("filters its log by time, and has forgotten what is older than 48 hours")
    void logTimes() throws Exception {
        String before = InfobipLogs.date(clock.instant().minusSeconds(1));
        String after = InfobipLogs.date(clock.instant().plusSeconds(1));
        send(message("my-1", "12025550101", "one"));

        assertThat(results("sentSince=" + encoded(before) + "&sentUntil=" + encoded(after)))
                .hasSize(1);
        assertThat(results("sentSince=" + encoded(after))).isEmpty();
        assertThat(results("sentUntil=" + encoded(before))).isEmpty();
        clock.step(Duration.ofHours(49));
        assertThat(results("messageId=my-1")).isEmpty();
    }

    @Test
    @DisplayName("pages through its log by cursor")
    void pages() throws Exception {
        send(
                message("my-1", "12025550101", "a"),
                message("my-2", "12025550101", "b"),
                message("my-3", "12025550101", "c"));

        JsonNode first = Json.parse(get(LOGS + "limit=2&useCursor=true").body());
        String cursor = first.path("cursor").path("nextCursor").asText();
        JsonNode second = Json.parse(
                get(LOGS + "limit=2&useCursor=true&cursor=" + encoded(cursor)).body());

        assertThat(first.path("results").findValuesAsText("messageId")).containsExactly("my-3", "my-2");
        assertThat(second.path("results").findValuesAsText("messageId")).containsExactly("my-1");
        assertThat(second.path("cursor").has("nextCursor")).isFalse();
        assertThat(get(LOGS + "useCursor=true&cursor=nowhere").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("refuses filters that the document forbids")
    @CsvSource({"limit=0", "limit=1001", "limit=many", "sentSince=2026-11-20", "sentUntil=2026-11-20T12:00:00Z"})
    void badFilters(String filter) throws Exception {
        assertThat(get(LOGS + filter).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("takes lists of ids of up to 2,048 characters")
    void longLists() throws Exception {
        assertThat(get(LOGS + "messageId=" + "x".repeat(2_048)).statusCode()).isEqualTo(200);
        assertThat(get(LOGS + "messageId=" + "x".repeat(2_049)).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("reports the end of a message, with the sender's data, and the way there only if asked to")
    void reports() throws Exception {
        ObjectNode quiet = message("my-1", "12025550101", "one");
        quiet.putObject("webhooks")
                .put("callbackData", "mine")
                .putObject("delivery")
                .put("url", inbox.url("/dr?token=x").toString());
        ObjectNode chatty = message("my-2", "12025550102", "two");
        chatty.putObject("webhooks")
                .putObject("delivery")
                .put("url", inbox.url("/chatty").toString())
                .put("intermediateReport", true);
        ObjectNode silent = message("my-3", "12025550103", "three");
        silent.putObject("webhooks")
                .putObject("delivery")
                .put("url", inbox.url("/silent").toString())
                .put("notify", false);

        send(quiet);
        ReceiptInbox.Arrival arrival = inbox.nextAs(clock);
        JsonNode result = Json.parse(arrival.body()).path("results").get(0);
        assertThat(arrival.method()).isEqualTo("POST");
        assertThat(arrival.uri().toString()).isEqualTo("/dr?token=x");
        assertThat(result.path("messageId").asText()).isEqualTo("my-1");
        assertThat(result.path("callbackData").asText()).isEqualTo("mine");
        assertThat(result.path("status").path("name").asText()).isEqualTo("DELIVERED_TO_HANDSET");

        send(silent, chatty);
        assertThat(statusOf(inbox.nextAs(clock))).isEqualTo("PENDING_WAITING_DELIVERY");
        assertThat(statusOf(inbox.nextAs(clock))).isEqualTo("DELIVERED_TO_HANDSET");
        assertThat(carrier.awaitReceipts(Duration.ofSeconds(10))).isTrue();
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    @DisplayName("reports failures with error objects, of which some are permanent")
    void failures() throws Exception {
        carrier.faults(FaultScript.of("delivery=1s,undelivered=100%"));
        ObjectNode[] messages = new ObjectNode[40];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = message("my-" + i, "12025550101", "text " + i);
        }
        send(messages);
        clock.step(Duration.ofSeconds(2));

        List<JsonNode> errors = results("limit=100").findValues("error");
        assertThat(errors).hasSize(40);
        assertThat(errors)
                .allSatisfy(error -> assertThat(error.path("id").asInt()).isPositive());
        assertThat(errors)
                .extracting(error -> error.path("permanent").asBoolean())
                .contains(true, false);
    }

    @Test
    @DisplayName("hands over a text from a phone in one piece")
    void inbound() throws Exception {
        assertThat(carrier.sendText("infobip", "+12025550123", "+12025550199", "STOP " + "x".repeat(200)))
                .isTrue();

        JsonNode text = Json.parse(inbox.next().body()).path("results").get(0);
        assertThat(text.path("from").asText()).isEqualTo("12025550123");
        assertThat(text.path("to").asText()).isEqualTo("12025550199");
        assertThat(text.path("text").asText()).isEqualTo("STOP " + "x".repeat(200));
        assertThat(text.path("keyword").asText()).isEqualTo("STOP");
        assertThat(text.path("cleanText").asText()).isEqualTo("x".repeat(200));
        assertThat(text.path("smsCount").asInt()).isEqualTo(2);
        assertThat(text.path("messageId").asText()).matches("[0-9]{18}");
    }

    @Test
    @DisplayName("knows which numbers are reachable")
    void numbers() throws Exception {
        JsonNode results = Json.parse(
                        post("/number/1/query", "{\"to\":[\"12025550123\",\"12025550100\",\"12025550199\"]}")
                                .body())
                .path("results");

        assertThat(results.findValuesAsText("to")).containsExactly("12025550123", "12025550100", "12025550199");
        assertThat(results.findValues("status"))
                .extracting(status -> status.path("groupName").asText())
                .containsExactly("DELIVERED", "UNDELIVERABLE", "UNDELIVERABLE");
        assertThat(results.findValues("error"))
                .extracting(error -> error.path("id").asInt())
                .containsExactly(0, 1, 27);
        assertThat(post("/number/1/query", "{}").statusCode()).isEqualTo(400);
    }

    private static String statusOf(ReceiptInbox.Arrival arrival) {
        return Json.parse(arrival.body())
                .path("results")
                .get(0)
                .path("status")
                .path("name")
                .asText();
    }

    private static ObjectNode message(String id, String to, String text) {
        ObjectNode message = Json.object().put("sender", "AcmeInc");
        message.putArray("destinations").addObject().put("to", to).put("messageId", id);
        message.putObject("content").put("text", text);
        return message;
    }

    private HttpResponse<String> send(ObjectNode... messages) throws IOException, InterruptedException {
        ObjectNode body = Json.object();
        body.putArray("messages").addAll(List.of(messages));
        body.putObject("options").put("includeSmsCountInResponse", true);
        return post(SEND, body.toString());
    }

    private static JsonNode items(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("messages");
    }

    private JsonNode results(String query) throws IOException, InterruptedException {
        return Json.parse(get(LOGS + query).body()).path("results");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return http.send(request(pathAndQuery).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(carrier.baseUrl() + pathAndQuery))
                .header("Authorization", "App " + InfobipCredentials.fake().apiKey());
    }
}
