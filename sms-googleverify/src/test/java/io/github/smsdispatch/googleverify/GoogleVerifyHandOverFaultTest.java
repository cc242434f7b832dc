package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Both ways of asking for a code are held to the same contract. */
class GoogleVerifyHandOverFaultTest {
    @Nested
    class OneByOne extends Contract {
        OneByOne() {
            super("false");
        }

        @Override
        protected String acceptedBody(int number) {
            return Accounts.issued(messageId(number));
        }
    }

    @Nested
    class InBatches extends Contract {
        InBatches() {
            super("true");
        }

        @Override
        protected String acceptedBody(int number) {
            return Accounts.batch(Accounts.issued(messageId(number)));
        }
    }

    abstract static class Contract extends HandOverFaultContract {
        private final String batch;

        Contract(String batch) {
            this.batch = batch;
        }

        @Override
        protected SmsProvider provider(String baseUrl, Duration deadline) {
            return new Asking(new GoogleVerifyProvider(
                    new GoogleVerifySettings(Accounts.settings(Map.of(
                            "base-url",
                            baseUrl,
                            "api-key",
                            Accounts.API_KEY,
                            "batch",
                            batch,
                            "timeout",
                            deadline.toString()))),
                    InstantSource.system()));
        }

        @Override
        protected int acceptedStatus() {
            return 200;
        }

        /** The id is our reference, so that the reference must follow from the number. */
        @Override
        protected String messageId(int number) {
            return "01936b2c-0000-7000-8000-%012d".formatted(number);
        }

        /** Makes of the contract's submissions such as ask for a code. */
        private final class Asking implements SmsProvider {
            private final SmsProvider provider;

            Asking(SmsProvider provider) {
                this.provider = provider;
            }

            @Override
            public ProviderTraits traits() {
                return provider.traits();
            }

            @Override
            public List<SubmitOutcome> submit(List<Submission> batch) {
                return provider.submit(batch.stream().map(this::asking).toList());
            }

            @Override
            public void close() {
                provider.close();
            }

            private Submission asking(Submission submission) {
                String digits = submission.recipient().e164();
                int number = Integer.parseInt(digits.substring(digits.length() - 3));
                return Accounts.submission(AttemptId.parse(messageId(number)), digits, Accounts.CONFIRMED);
            }
        }
    }
}
