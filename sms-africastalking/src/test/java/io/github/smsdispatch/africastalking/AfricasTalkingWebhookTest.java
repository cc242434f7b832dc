package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AfricasTalkingWebhookTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("africastalking");
    private static final String SECRET = Accounts.WEBHOOK_SECRET;
    private static final String URL = "https://example.com/sms/africastalking/" + SECRET;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ID = "ATXid_" + "0123456789abcdef".repeat(2);
    private static final Form DELIVERED = form("id", ID, "status", "Success", "phoneNumber", Accounts.number(1));

    private final AfricasTalkingProvider provider = Accounts.provider(Map.of("webhook-secret", SECRET));

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL,
                URL + "?tenant=7",
                URL + "#top",
                "https://example.com/sms?key=" + SECRET,
                "https://example.com/sms/africastalking?tenant=7&key=" + SECRET,
                "https://example.com/sms?token=" + SECRET,
                "https://example.com/not-the-secret?key=" + SECRET
            })
    void whoeverKnowsTheSecretIsBelieved(String url) {
        assertThat(post(url, DELIVERED).receipts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/sms/africastalking",
                "https://example.com/sms/africastalking/",
                "https://example.com/sms/africastalking/not-a-real-webhook-secreT",
                "https://example.com/sms/africastalking/" + SECRET + "x",
                "https://example.com/" + SECRET + "/more",
                "https://example.com/sms?key=",
                "https://example.com/sms?key=wrong&key=" + SECRET,
                "https://example.com/sms?Key=" + SECRET,
                "https://example.com/sms#" + SECRET,
                "https://example.com/sms?a=/" + SECRET
            })
    void nobodyElseIs(String url) {
        assertThat(post(url, DELIVERED))
                .isEqualTo(WebhookVerdict.refused(
                        403,
                        "the secret is neither the last segment of the path nor the query parameter key or token"));
    }

    @Test
    void aSecretInTheBodyIsNone() {
        assertThat(post("https://example.com/sms", DELIVERED.with("key", SECRET))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/sms/", "https://example.com/sms?key=", URL})
    void withoutASecretNobodyIsBelieved(String url) {
        try (var trusting = Accounts.provider(Map.of())) {
            assertThat(trusting.parse(new WebhookRequest(
                            "POST", url, Map.of("Content-Type", List.of(FORM)), bytes(DELIVERED.encode()))))
                    .isEqualTo(WebhookVerdict.refused(
                            403, "callbacks are not signed and cannot be believed: set webhook-secret"));
        }
    }

    @Test
    void aDeliveryReportIsAReceiptWithoutAReferenceOrATime() {
        assertThat(post(URL, DELIVERED.with("networkCode", "63902").with("retryCount", "0"))
                        .events())
                .containsExactly(new Receipt(ACCOUNT, ID, null, ReceiptState.DELIVERED, "Success", null, null, null));
    }

    @Test
    void aFailureHasItsReason() {
        Form failed = form("id", ID, "status", "Failed", "failureReason", "UserInBlackList");

        assertThat(post(URL, failed).events())
                .containsExactly(new Receipt(
                        ACCOUNT,
                        ID,
                        null,
                        ReceiptState.UNDELIVERED,
                        "Failed",
                        "UserInBlackList",
                        FailureReason.OPTED_OUT,
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "Sent, ENROUTE",
        "Submitted, ENROUTE",
        "Buffered, ENROUTE",
        "Success, DELIVERED",
        "Rejected, UNDELIVERED",
        "Failed, UNDELIVERED",
        "AbsentSubscriber, UNDELIVERED",
        "Expired, UNDELIVERED",
        "success, DELIVERED",
        "ABSENT_SUBSCRIBER, UNDELIVERED"
    })
    void theStatusIsReadHoweverItIsSpelt(String status, ReceiptState state) {
        Receipt receipt = receipt(form("id", ID, "status", status));

        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Failed, UserInBlacklist, OPTED_OUT",
        "Rejected, DoNotDisturbRejection, RECIPIENT",
        "Failed, UserDoesNotExist, RECIPIENT",
        "Failed, NotNetworkSubcriber, DESTINATION",
        "Failed, NotNetworkSubscriber, DESTINATION",
        "Failed, absent subscriber, UNAVAILABLE",
        "Failed, DeliveryFailure, ",
        "Failed, , ",
        "Rejected, , ",
        "AbsentSubscriber, , UNAVAILABLE",
        "Expired, , CONTENT",
        // What arrived needs no reason.
        "Success, DeliveryFailure, ",
        "Buffered, AbsentSubscriber, "
    })
    void theReasonIsThatOfTheFailureOrOfTheStatus(String status, String failure, FailureReason reason) {
        Form fields = form("id", ID, "status", status);

        assertThat(receipt(failure == null ? fields : fields.with("failureReason", failure))
                        .reason())
                .isEqualTo(reason);
        assertThat(provider.unknownCodes()).isEmpty();
    }

    static List<CodeTable.Row> failureReasons() {
        return AfricasTalkingCodes.TABLE.rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.RECEIPT)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("failureReasons")
    void everyFailureReasonOfTheTableLeadsToItsReason(CodeTable.Row row) {
        assertThat(receipt(form("id", ID, "status", "Failed", "failureReason", row.code()))
                        .reason())
                .isEqualTo(row.reason());
    }

    @Test
    void wordsNobodyKnowsAreTakenKeptAndCounted() {
        Receipt status = receipt(form("id", ID, "status", "Teleported"));
        Receipt reason = receipt(form("id", ID, "status", "Failed", "failureReason", "SolarFlare"));

        assertThat(status.state()).isEqualTo(ReceiptState.UNKNOWN);
        assertThat(status.status()).isEqualTo("Teleported");
        assertThat(reason.state()).isEqualTo(ReceiptState.UNDELIVERED);
        assertThat(reason.errorCode()).isEqualTo("SolarFlare");
        assertThat(reason.reason()).isNull();
        assertThat(provider.unknownCodes()).isEqualTo(Map.of("status Teleported", 1L, "receipt SolarFlare", 1L));
    }

    @Test
    void aStatusThatLooksLikeNoWordIsNotShown() {
        Receipt receipt = receipt(form("id", ID, "status", "Failed for " + Accounts.number(1)));

        assertThat(receipt.status()).isEqualTo("?");
        assertThat(receipt.state()).isEqualTo(ReceiptState.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "2017-05-03T06:04:45Z, 2017-05-03T06:04:45Z",
        "2017-05-03 06:04:45, 2017-05-03T06:04:45Z",
        "2017-05-03T09:04:45.120+03:00, 2017-05-03T06:04:45.120Z",
        "yesterday, ",
        "2017-13-45 06:04:45, ",
        "+999999999-01-01 00:00:00, +999999999-01-01T00:00:00Z"
    })
    void aTextThatCameInHasItsTimeWhicheverWayItIsWritten(String date, Instant receivedAt) {
        Form text = form(
                "date", date,
                "from", Accounts.number(1),
                "id", "b8d2c0c0-1234",
                "linkId", "SampleLinkId123",
                "text", "Habari + 100 %",
                "to", "20880",
                "networkCode", "63902",
                "cost", "KES 0.00");

        assertThat(post(URL, text).events())
                .containsExactly(new InboundText(
                        ACCOUNT, "b8d2c0c0-1234", Accounts.number(1), "20880", "Habari + 100 %", null, receivedAt));
    }

    @Test
    void aTextMayBeEmptyAndThePlusSignMayBeLost() {
        WebhookVerdict verdict =
                post(URL, "application/x-www-form-urlencoded; charset=UTF-8", bytes("id=7&from=+254700000001&to=Acme"));

        assertThat(verdict.events())
                .containsExactly(new InboundText(ACCOUNT, "7", "+254700000001", "Acme", "", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B254700000001", "+254700000001"})
    void anOptOutIsOfOneSenderOnly(String number) {
        WebhookVerdict verdict = post(URL, FORM, bytes("senderId=Acme&phoneNumber=" + number));

        assertThat(verdict.events())
                .containsExactly(new ConsentChange(
                        ACCOUNT, PhoneNumber.parse(Accounts.number(1)), ConsentChange.Consent.WITHDRAWN, "Acme"));
    }

    @Test
    void anOptOutOfNobodyIsMalformed() {
        assertThat(post(URL, form("senderId", "Acme", "phoneNumber", "a-masked-number")))
                .isEqualTo(WebhookVerdict.refused(400, "an opt-out of something that is no phone number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"addition", "deletion", "Deletion"})
    void aPremiumSubscriptionIsTakenAndPassedOver(String updateType) {
        Form subscription = form(
                "phoneNumber", Accounts.number(1), "shortCode", "20880", "keyword", "news", "updateType", updateType);

        assertThat(post(URL, subscription)).isEqualTo(WebhookVerdict.of(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&",
                "status=Success",
                "id=7",
                "id=+&status=Success",
                "id=7&status=+",
                "from=%2B254700000001&to=20880&text=Hello",
                "senderId=Acme",
                "{\"id\":\"7\",\"status\":\"Success\"}"
            })
    void fieldsOfNoCallbackAreMalformed(String body) {
        assertThat(post(URL, FORM, bytes(body)))
                .isEqualTo(WebhookVerdict.refused(400, "the fields are those of no callback that this version knows"));
    }

    @Test
    void whatIsNotEncodedAsItShouldBeIsMalformed() {
        var malformed = WebhookVerdict.refused(400, "not encoded as a form in UTF-8");

        assertThat(post(URL, FORM, bytes("id=%zz&status=Success"))).isEqualTo(malformed);
        assertThat(post(URL, FORM, "id=7&from=é&to=1".getBytes(StandardCharsets.ISO_8859_1)))
        assertThat(post(URL + "?a=%zz", FORM, bytes(DELIVERED.encode()))).isEqualTo(malformed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/xml",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=ISO-8859-1"
            })
    void whatIsNotAFormIsMalformed(String contentType) {
        assertThat(post(URL, contentType, bytes(DELIVERED.encode())))
                .isEqualTo(WebhookVerdict.refused(400, "not a form that was posted"));
    }

    @Test
    void aGetIsMalformed() {
        assertThat(provider.parse(new WebhookRequest("GET", URL + "?" + DELIVERED.encode(), Map.of(), new byte[0])))
                .isEqualTo(WebhookVerdict.refused(400, "not a form that was posted"));
    }

    @Test
    void aBodyBeyondAllBoundsIsRefusedUnread() {
        byte[] largest = bytes("id=7&status=Success&x=" + "x".repeat(64 * 1024 - 22));
        assertThat(largest).hasSize(64 * 1024);

        assertThat(post(URL, FORM, largest).status()).isEqualTo(200);
        assertThat(post(URL, FORM, bytes("x".repeat(64 * 1024 + 1))))
                .isEqualTo(WebhookVerdict.refused(413, "larger than 65536 bytes"));
    }

    private Receipt receipt(Form fields) {
        return post(URL, fields).receipts().get(0);
    }

    private WebhookVerdict post(String url, Form fields) {
        return post(url, FORM, bytes(fields.encode()));
    }

    private WebhookVerdict post(String url, String contentType, byte[] body) {
        return provider.parse(new WebhookRequest("POST", url, Map.of("Content-Type", List.of(contentType)), body));
    }

    private static Form form(String... namesAndValues) {
        Form form = Form.empty();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form = form.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return form;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
