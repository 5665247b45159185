// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Lets every {@link WebClient.Builder} bean give each attempt a span. Comes after what
 * chooses instances and before what sets the time to connect. Doing so twice changes
 * nothing.
 */
public final class WebClientAttempts implements BeanPostProcessor {

	private final ObjectProvider<AttemptSpans> spans;

	/**
	 * Creates a post-processor.
	 * @param spans makes the spans; looked up when the first client is made
	 */
	public WebClientAttempts(ObjectProvider<AttemptSpans> spans) {
		this.spans = spans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebClient.Builder builder) {
			this.spans.ifAvailable((spans) -> builder.filters((filters) -> {
				if (filters.stream().noneMatch(AttemptFilter.class::isInstance)) {
					filters.add(new AttemptFilter(spans));
				}
			}));
		}
		return bean;
	}

}
