package io.github.smsdispatch.infobip;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class InfobipHandOverFaultTest extends HandOverFaultContract {
    @Override
    protected SmsProvider provider(String baseUrl, Duration deadline) {
        return new IdsFromNumbers(Accounts.provider(Map.of("base-url", baseUrl, "timeout", deadline.toString())));
    }

    @Override
    protected int acceptedStatus() {
        return 200;
    }

    @Override
    protected String acceptedBody(int number) {
        return "{\"bulkId\":\"2034072219640523072\",\"messages\":[{\"messageId\":\"" + messageId(number)
                + "\",\"status\":{\"groupId\":1,\"groupName\":\"PENDING\",\"id\":26,\"name\":\"PENDING_ACCEPTED\","
                + "\"description\":\"Message sent to next instance\"},\"destination\":\"447700900000\","
                + "\"details\":{\"messageCount\":1}}]}";
    }

    @Override
    protected String messageId(int number) {
        return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number).toString();
    }

    /** Infobip answers with the ids that it was given: here they follow from the numbers, as the contract wants. */
    private final class IdsFromNumbers implements SmsProvider {
        private final SmsProvider infobip;

        IdsFromNumbers(SmsProvider infobip) {
            this.infobip = infobip;
        }

        @Override
        public ProviderTraits traits() {
            return infobip.traits();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            return infobip.submit(batch.stream().map(this::withIdFromNumber).toList());
        }

        private Submission withIdFromNumber(Submission submission) {
            String digits = submission.recipient().digits();
            int number = Integer.parseInt(digits.substring(digits.length() - 3));
            return new Submission(
                    AttemptId.parse(messageId(number)),
                    submission.recipient(),
                    submission.sender(),
                    submission.text(),
                    submission.segments(),
                    submission.validity(),
                    submission.attributes());
        }

        @Override
        public void close() {
            infobip.close();
        }
    }
}
