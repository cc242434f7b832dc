package io.github.smsdispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.ProviderAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The answer to a look-up")
class LookupAnswerTest {
    private static final Receipt RECEIPT = receipt("id-1");

    @Test
    @DisplayName("is folded by the one function that is for it")
    void fold() {
        List<LookupAnswer> answers = List.of(
                new LookupAnswer.Found(List.of(RECEIPT)),
                new LookupAnswer.Absent(),
                new LookupAnswer.Unclear("too early"),
                new LookupAnswer.Failed(null, "no answer", null));
        assertThat(answers)
                .extracting(answer -> answer.<String>fold(
                        found -> "found " + found.receipts().size(),
                        absent -> "absent",
                        LookupAnswer.Unclear::detail,
                        LookupAnswer.Failed::detail))
                .containsExactly("found 1", "absent", "too early", "no answer");
    }

    @Test
    @DisplayName("is not found without a receipt")
    void foundWithoutReceipt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LookupAnswer.Found(List.of()))
                .withMessage("found without a receipt is Absent, not Found");
    }

    @Test
    @DisplayName("keeps its own copy of the receipts")
    void copies() {
        var receipts = new ArrayList<>(List.of(RECEIPT));
        var found = new LookupAnswer.Found(receipts);
        receipts.clear();
        assertThat(found.receipts()).containsExactly(RECEIPT).isUnmodifiable();
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", " "})
    @DisplayName("holds no receipt with a blank id, which would match every other blank one")
    void blankId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receipt(id))
                .withMessage("a receipt needs the provider's message id");
    }

    private static Receipt receipt(String id) {
        return new Receipt(ProviderAccount.of("twilio"), id, null, ReceiptState.ENROUTE, "sent", null, null);
    }
}
