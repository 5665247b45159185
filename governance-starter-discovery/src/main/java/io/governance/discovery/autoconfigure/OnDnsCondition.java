// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether a name to ask DNS for is configured; an empty name is none.
 */
final class OnDnsCondition extends SpringBootCondition {

	private static final String NAME = "governance.discovery.dns.name";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("DNS");
		if (StringUtils.hasText(context.getEnvironment().getProperty(NAME))) {
			return ConditionOutcome.match(message.foundExactly(NAME));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items(NAME));
	}

}
