package io.alertstream.storage.s3;

import io.alertstream.storage.BucketLimits;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context.FailedExecution;
import software.amazon.awssdk.core.interceptor.Context.ModifyHttpResponse;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Bounds the bodies that the SDK reads into memory: lists and errors. Objects are bounded where they are read. An error
 * that isn't S3's gets the beginning of its body as its message; the SDK drops what isn't XML.
 */
final class BodyLimits implements ExecutionInterceptor {

    private static final ExecutionAttribute<AbortableBody> BODY = new ExecutionAttribute<>("alertstream.body");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean success = context.httpResponse().isSuccessful();
        if (success && context.request() instanceof GetObjectRequest) {
            return context.responseBody();
        }
        int max = success ? BucketLimits.MAX_LIST_BYTES : BucketLimits.MAX_ERROR_BYTES;
        return context.responseBody().map(body -> {
            AbortableBody bounded = new AbortableBody(body, max);
            attributes.putAttribute(BODY, bounded);
            return bounded;
        });
    }

    @Override
    public Throwable modifyException(FailedExecution context, ExecutionAttributes attributes) {
        AbortableBody body = attributes.getAttribute(BODY);
        if (body == null
                || !(context.exception() instanceof AwsServiceException answer)
                || answer.awsErrorDetails() == null
                || !S3Failures.code(answer).isEmpty()) {
            return context.exception();
        }
        AwsErrorDetails details = answer.awsErrorDetails().toBuilder()
                .errorMessage(body.beginning())
                .build();
        return answer.toBuilder().awsErrorDetails(details).build();
    }
}
