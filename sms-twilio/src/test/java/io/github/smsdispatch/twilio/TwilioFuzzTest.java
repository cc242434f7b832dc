package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import java.util.Map;

/**
 * What Twilio's side may send, however hostile. Each {@code @FuzzTest} runs its recorded inputs with the other tests; see
 * CONTRIBUTING.md for the search for new ones.
 */
class TwilioFuzzTest {
    @FuzzTest
    void anyAnswerToAHandOverIsClassified(byte[] data) {
        var input = FuzzInput.of(data);
        int status = input.status();

        SubmitOutcome outcome = new TwilioAnswers(new CodeBook("twilio", TwilioAnswers.CODES))
                .ofSubmit(new ExchangeResult.Answered(status, Map.of(), input.rest()));

        if (status >= 500) {
            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
        }
        assertThat(status >= 300 && outcome instanceof SubmitOutcome.Accepted).isFalse();
    }
}
