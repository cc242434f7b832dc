package io.github.smsdispatch.vonage;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.testkit.provider.HandOverFaultContract;
import java.time.Duration;
import java.util.Map;

class MessagesHandOverFaultTest extends HandOverFaultContract {
    @Override
    protected SmsProvider provider(String baseUrl, Duration deadline) {
        return Accounts.provider(
                Map.of("api", "messages", "messages-base-url", baseUrl, "timeout", deadline.toString()));
    }

    @Override
    protected int acceptedStatus() {
        return 202;
    }

    @Override
    protected String acceptedBody(int number) {
        return "{\"message_uuid\":\"" + messageId(number) + "\"}";
    }

    @Override
    protected String messageId(int number) {
        return "aaaaaaaa-bbbb-4ccc-8ddd-%012d".formatted(number);
    }
}
