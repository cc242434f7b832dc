package io.github.smsdispatch.googleverify;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

@DisplayName("googleverify, a call for each code")
class GoogleVerifyOneByOneContractTest extends GoogleVerifyContractTest {
    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of("base-url", baseUrl, "api-key", Accounts.API_KEY, "batch", "false");
    }

    @Override
    String body(List<String> items) {
        return items.get(0);
    }
}
