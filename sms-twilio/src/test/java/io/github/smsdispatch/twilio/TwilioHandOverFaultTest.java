package io.github.smsdispatch.twilio;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.util.Map;

class TwilioHandOverFaultTest extends HandOverFaultContract {
    @Override
    protected SmsProvider provider(String baseUrl, Duration deadline) {
        return Accounts.provider(Map.of("base-url", baseUrl, "timeout", deadline.toString()));
    }

    @Override
    protected int acceptedStatus() {
        return 201;
    }

    @Override
    protected String acceptedBody(int number) {
        return "{\"sid\":\"" + messageId(number) + "\",\"status\":\"queued\",\"num_segments\":\"1\"}";
    }

    @Override
    protected String messageId(int number) {
        return "SM%032x".formatted(number);
    }
}
