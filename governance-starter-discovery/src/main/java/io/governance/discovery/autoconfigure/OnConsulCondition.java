// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether a Consul agent is configured; an empty host is none.
 */
final class OnConsulCondition extends SpringBootCondition {

	private static final String HOST = "governance.discovery.consul.host";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnConsul.class);
		if (StringUtils.hasText(context.getEnvironment().getProperty(HOST))) {
			return ConditionOutcome.match(message.foundExactly(HOST));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items(HOST));
	}

}
