package io.github.smsdispatch.vonage;

import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("vonage, Messages API")
class MessagesContractTest extends VonageContractTest {
    @Override
    String api() {
        return "messages";
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return ApiReply.json(202, "{\"message_uuid\":\"" + messageId(call.number()) + "\"}");
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return refusesWith(call, "1170");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return ApiReply.json(
                422,
                "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + code + "\",\"title\":\"" + code
                        + "\",\"detail\":\"No.\"}");
    }

    @Override
    String messageId(int number) {
        return "aaaaaaaa-bbbb-4ccc-8ddd-%012d".formatted(number);
    }
}
