// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether etcd is configured; a list of empty endpoints is none.
 */
final class OnEtcdCondition extends SpringBootCondition {

	private static final String ENDPOINTS = "governance.discovery.etcd.endpoints";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("etcd");
		List<String> endpoints = Binder.get(context.getEnvironment())
			.bind(ENDPOINTS, Bindable.listOf(String.class))
			.orElse(List.of());
		if (endpoints.stream().anyMatch(StringUtils::hasText)) {
			return ConditionOutcome.match(message.foundExactly(ENDPOINTS));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items(ENDPOINTS));
	}

}
