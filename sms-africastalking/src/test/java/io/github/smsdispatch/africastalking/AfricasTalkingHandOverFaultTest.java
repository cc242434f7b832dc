package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.util.Map;

class AfricasTalkingHandOverFaultTest extends HandOverFaultContract {
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
        return Answer.sent(
                Answer.entry(102, "+447700900%03d".formatted(number), "GBP 0.0400", "Success", messageId(number)));
    }

    @Override
    protected String messageId(int number) {
        return Answer.id(number);
    }
}
