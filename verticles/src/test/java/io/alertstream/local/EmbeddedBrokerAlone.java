package io.alertstream.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs the embedded broker. With {@code -Dkafka.image} it is skipped, and the reason is printed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedBrokerAlone.Condition.class)
public @interface EmbeddedBrokerAlone {

    /** Why it needs the embedded broker. */
    String value();

    /** Prints the reason when it skips a test. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
            return test.getElement()
                    .map(element -> element.getAnnotation(EmbeddedBrokerAlone.class))
                    .filter(alone -> TestKafka.inContainer())
                    .map(alone -> {
                        String reason = test.getRequiredTestClass().getSimpleName() + " is skipped with kafka.image: "
                                + alone.value();
                        System.err.println(reason);
                        return ConditionEvaluationResult.disabled(reason);
                    })
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the embedded broker is used"));
        }
    }
}
