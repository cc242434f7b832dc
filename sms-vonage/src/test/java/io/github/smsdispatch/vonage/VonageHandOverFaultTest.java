package io.github.smsdispatch.vonage;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.util.Map;

class VonageHandOverFaultTest extends HandOverFaultContract {
    @Override
    protected SmsProvider provider(String baseUrl, Duration deadline) {
        return Accounts.provider(Map.of("base-url", baseUrl, "timeout", deadline.toString()));
    }

    @Override
    protected int acceptedStatus() {
        return 200;
    }

    @Override
    protected String acceptedBody(int number) {
        return "{\"message-count\":\"1\",\"messages\":[{\"to\":\"447700900000\",\"message-id\":\"" + messageId(number)
                + "\",\"status\":\"0\",\"remaining-balance\":\"3.14\",\"message-price\":\"0.03\"}]}";
    }

    @Override
    protected String messageId(int number) {
        return "0A%014X".formatted(number);
    }
}
