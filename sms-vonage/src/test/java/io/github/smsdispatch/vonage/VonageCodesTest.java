package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VonageCodesTest {
    private final AnsweringServer vonage = new AnsweringServer();
    private final VonageProvider provider = Accounts.provider(vonage, "allow-unsigned-webhooks", "true");

    @AfterEach
    void stop() {
        provider.close();
        vonage.close();
    }

    static List<CodeTable.Row> receiptRows() {
        return Codes.table(Api.SMS).rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.RECEIPT)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("receiptRows")
    void everyErrorCodeOfAReceiptLeadsToItsReason(CodeTable.Row row) {
        Receipt receipt = receipt("failed", row.code());

        assertThat(receipt.errorCode()).isEqualTo(row.code());
        assertThat(receipt.reason()).isEqualTo(row.reason());
        assertThat(provider.unknownCodes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, OPTED_OUT", "3, RECIPIENT", "4, RECIPIENT", "2, UNAVAILABLE", "6, CONTENT", "51, SENDER"})
    void theCodesThatMatterMostMeanWhatVonageSays(String code, FailureReason reason) {
        assertThat(receipt("rejected", code).reason()).isEqualTo(reason);
    }

    @Test
    void aTextThatIsDeliveredOrStillTriedFailedForNoReason() {
        assertThat(receipt("delivered", "9").reason()).isNull();
        assertThat(receipt("buffered", "2").reason()).isNull();
    }

    @Test
    void whatTheTablesDoNotKnowIsCountedAndThrowsNothing() {
        vonage.answers(200, "{\"message-count\":\"1\",\"messages\":[{\"status\":\"99\"}]}");
        provider.submit(List.of(TestSubmissions.of("Hello")));
        receipt("teleported", "0");
        receipt("teleported", "0");
        receipt("failed", "777");
        receipt("failed", "+447700900123");

        assertThat(provider.unknownCodes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("submit 99", 1L, "status teleported", 2L, "receipt 777", 1L, "others", 1L));
    }

    @Test
    void aWordOrCodeThatLooksLikeNoneIsNotShown() {
        Receipt receipt = receipt("+447700900123", "447700900123");

        assertThat(receipt.status()).isEqualTo("?");
        assertThat(receipt.errorCode()).isNull();
        assertThat(receipt.state()).isEqualTo(ReceiptState.UNKNOWN);
    }

    private Receipt receipt(String status, String errorCode) {
        String query = Form.empty()
                .with("messageId", "0A01")
                .with("status", status)
                .with("err-code", errorCode)
                .encode();
        return provider.parse(new WebhookRequest("GET", "https://example.com/?" + query, Map.of(), new byte[0]))
                .receipts()
                .get(0);
    }
}
