package io.github.smsdispatch.testkit.provider;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests that are meant to fail run only where somebody waits for it. */
final class OnPurpose implements ExecutionCondition {
    static final String PARAMETER = "sms.test.on-purpose";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getConfigurationParameter(PARAMETER).isPresent()
                ? ConditionEvaluationResult.enabled("on purpose")
                : ConditionEvaluationResult.disabled("fails on purpose, for another test");
    }
}
