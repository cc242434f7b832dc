package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfobipWebhookTest {
    private static final String URL = Accounts.CALLBACK + "?token=" + Accounts.SECRET;
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("infobip");
    private static final Instant DONE = Instant.parse("2026-11-20T11:00:00Z");

    private final InfobipProvider provider = Accounts.provider(Map.of("webhook-secret", Accounts.SECRET));

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void manyReportsComeInOneRequestAndEachBringsItsReferenceBack() {
        WebhookVerdict verdict = post(results(report(0, 3, 5, tag(0)), report(1, 2, 9, tag(1))));

        assertThat(verdict.status()).isEqualTo(200);
        assertThat(verdict.body()).isEmpty();
        assertThat(verdict.events())
                .isEqualTo(List.of(
                        receipt(0, ReceiptState.DELIVERED, null, null),
                        receipt(1, ReceiptState.UNDELIVERED, "27", FailureReason.UNAVAILABLE)));
    }

    @Test
    void oneBadEntryAmongGoodOnesDoesNotLoseTheGoodOnes() {
        WebhookVerdict verdict = post(results(
                "7",
                "null",
                "{}",
                "{\"status\":{\"id\":5}}",
                "{\"messageId\":\"x\",\"status\":7}",
                "{\"messageId\":\"" + "x".repeat(201) + "\",\"status\":{\"id\":5,\"groupId\":3}}",
                report(1, 3, 5, "sd1.forged"),
                report(0, 3, 5, tag(0))));

        assertThat(verdict.status()).isEqualTo(200);
        assertThat(verdict.events()).isEqualTo(List.of(receipt(0, ReceiptState.DELIVERED, null, null)));
    }

    @Test
    void reportsOnWhatOthersSentWithTheAccountHaveNoReference() {
        WebhookVerdict verdict = post(results(
                "{\"messageId\":\"32250191713110\",\"callbackData\":\"theirs\",\"status\":{\"id\":5,\"groupId\":3}}"));

        assertThat(verdict.receipts())
                .containsExactly(new Receipt(
                        ACCOUNT, "32250191713110", null, ReceiptState.DELIVERED, "5", null, (Instant) null));
    }

    @Test
    void aReportWithoutCallbackDataIsKnownByItsId() {
        assertThat(post(results(report(0, 3, 5, "-").replace("\"callbackData\":\"-\",", "")))
                        .receipts())
                .containsExactly(receipt(0, ReceiptState.DELIVERED, null, null));
    }

    @Test
    void aTagThatBelongsToAnotherMessageOrToNobodyIsForged() {
        String otherKey = new CallbackTag("another-secret-0123").write(AttemptId.parse(Batches.id(0)));

        for (String forged : List.of(tag(1), otherKey, tag(0) + "00", "sd1." + Batches.id(0), "sd1.")) {
            assertThat(post(results(report(0, 3, 5, forged))))
                    .as(forged)
                    .isEqualTo(WebhookVerdict.refused(403, "the tag in callbackData was not made with webhook-secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?token=",
                "?token=not-a-real-secret-0124",
                "?token=not-a-real-secret-012",
                "?Token=not-a-real-secret-0123",
                "?token=%",
                "#token=not-a-real-secret-0123"
            })
    void aCallerWhoDoesNotKnowTheSecretIsForged(String query) {
        WebhookVerdict verdict = provider.parse(request("POST", Accounts.CALLBACK + query, null, results()));

        assertThat(verdict)
                .isEqualTo(WebhookVerdict.refused(
                        403,
                        "webhook-secret is neither the last segment of the path nor the query parameter key or token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?token=SECRET", "?key=SECRET", "/SECRET", "/SECRET?a=b"})
    void theSecretIsFoundWhereverAnAddressMayHoldIt(String end) {
        String url = Accounts.CALLBACK + end.replace("SECRET", Accounts.SECRET);

        assertThat(provider.parse(request("POST", url, null, results(report(0, 3, 5, tag(0)))))
                        .receipts())
                .containsExactly(receipt(0, ReceiptState.DELIVERED, null, null));
    }

    @Test
    void withoutASecretNobodyIsBelieved() {
        try (var open = Accounts.provider(Map.of())) {
            assertThat(open.parse(request("POST", URL, null, results(report(0, 3, 5, tag(0))))))
                    .isEqualTo(WebhookVerdict.refused(403, "webhooks cannot be verified: set webhook-secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[]", "{}", "{\"results\":{}}", "{\"results\":[]", "<results/>"})
    void whatIsNoListOfResultsIsMalformed(String body) {
        assertThat(post(body)).isEqualTo(WebhookVerdict.refused(400, "no JSON object with a list of results"));
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] latin = results("\"ä\"").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(provider.parse(new WebhookRequest("POST", URL, Map.of(), latin))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | application/json | 200",
                "POST | application/json; charset=UTF-8 | 200",
                "POST | Application/JSON;charset=\"utf-8\" | 200",
                "POST | application/json; charset=ISO-8859-1 | 400",
                "POST | application/xml | 400",
                "GET | application/json | 400"
            })
    void onlyJsonInUtf8IsRead(String method, String contentType, int status) {
        assertThat(provider.parse(request(method, URL, contentType, results())).status())
                .isEqualTo(status);
    }

    @Test
    void whatIsGenuineAndNotUnderstoodIsTakenSoThatItDoesNotComeAgain() {
        assertThat(post(results("{\"foo\":1}", "7"))).isEqualTo(WebhookVerdict.of(List.of()));
        assertThat(post(results())).isEqualTo(WebhookVerdict.of(List.of()));
    }

    @Test
    void twoThousandReportsAreReadAndMoreAreTooMany() {
        String[] most = IntStream.range(0, 2_000)
                .mapToObj(place -> report(place, 3, 5, "-"))
                .toArray(String[]::new);

        assertThat(post(results(most)).receipts()).hasSize(2_000);
        assertThat(post(results(String.join(",", most), "{}")))
                .isEqualTo(WebhookVerdict.refused(413, "more than 2000 results"));
    }

    @Test
    void moreThanTwoMebibytesAreTooLarge() {
        byte[] large = new byte[2 * 1024 * 1024 + 1];

        assertThat(provider.parse(new WebhookRequest("POST", URL, Map.of(), large)))
                .isEqualTo(WebhookVerdict.refused(413, "larger than 2097152 bytes"));
    }

    @Test
    void textsThatCameInAreTold() {
        WebhookVerdict verdict = post(results(
                """
                {"messageId":"817790313235066447","from":"447700900123","to":"447700900999","text":"STOP please ✓",
                 "cleanText":"please","keyword":"STOP","receivedAt":"2026-11-20T12:00:00.000+0100","smsCount":1,
                 "price":{"pricePerMessage":0,"currency":"EUR"},"callbackData":"x"}""",
                "{\"messageId\":\"2\",\"from\":\"50555\",\"to\":\"40404\"}",
                "{\"messageId\":\"4\",\"from\":\"6834000\",\"to\":\"4040404\"}",
                "{\"messageId\":\"3\",\"to\":\"40404\"}"));

        assertThat(verdict.events())
                .isEqualTo(List.of(
                        new InboundText(
                                ACCOUNT,
                                "817790313235066447",
                                "+447700900123",
                                "+447700900999",
                                "STOP please ✓",
                                null,
                                DONE),
                        new InboundText(ACCOUNT, "2", "50555", "40404", "", null, null),
                        new InboundText(ACCOUNT, "4", "+6834000", "4040404", "", null, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:00:00.000+0100, 2026-11-20T11:00:00Z",
        "2026-11-20T12:00:00.250+0000, 2026-11-20T12:00:00.250Z",
        "2026-11-20T12:00:00.000+01:00, 2026-11-20T11:00:00Z",
        "2026-11-20T12:00:00Z, 2026-11-20T12:00:00Z",
        "yesterday,",
        "2026-11-20T12:00:00.000,"
    })
    void datesAreReadWithAndWithoutColonAndNonsenseIsLeftOut(String text, Instant at) {
        assertThat(post(results("{\"messageId\":\"1\",\"status\":{\"id\":5},\"doneAt\":\"" + text + "\"}"))
                        .receipts())
                .extracting(Receipt::occurredAt)
                .containsExactly(at);
    }

    private WebhookVerdict post(String body) {
        return provider.parse(request("POST", URL, "application/json", body));
    }

    private static WebhookRequest request(String method, String url, String contentType, String body) {
        Map<String, List<String>> headers =
                contentType == null ? Map.of() : Map.of("content-type", List.of(contentType));
        return new WebhookRequest(method, url, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String tag(int place) {
        return new CallbackTag(Accounts.SECRET).write(AttemptId.parse(Batches.id(place)));
    }

    private static String results(String... entries) {
        return Arrays.stream(entries).collect(Collectors.joining(",", "{\"results\":[", "]}"));
    }

    private static String report(int place, int group, int status, String callbackData) {
        return ("{\"bulkId\":\"b\",\"messageId\":\"%s\",\"to\":\"447700900123\",\"sender\":\"AcmeInc\","
                        + "\"sentAt\":\"2026-11-20T11:59:00.000+0100\",\"doneAt\":\"2026-11-20T12:00:00.000+0100\","
                        + "\"messageCount\":1,\"callbackData\":\"%s\",\"status\":%s,\"error\":%s}")
                .formatted(
                        Batches.id(place),
                        callbackData,
                        Batches.status(group, status),
                        group == 3 ? "{\"groupId\":0,\"id\":0}" : "{\"id\":27,\"permanent\":false}");
    }

    private static Receipt receipt(int place, ReceiptState state, String errorCode, FailureReason reason) {
        return new Receipt(
                ACCOUNT, Batches.id(place), AttemptId.parse(Batches.id(place)), state, "NAME", errorCode, reason, DONE);
    }
}
