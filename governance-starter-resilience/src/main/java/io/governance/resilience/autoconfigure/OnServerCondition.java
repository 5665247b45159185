// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;

/**
 * An application that may be called: by HTTP, or by gRPC, whose servers need no web
 * application.
 */
final class OnServerCondition extends AnyNestedCondition {

	OnServerCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnWebApplication
	static class Web {

	}

	@ConditionalOnClass(name = "io.grpc.ServerInterceptor")
	static class Grpc {

	}

}
