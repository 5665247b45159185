// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has the calls of a method pass the rules that name it: those with
 * {@code match.service: NAME} that act outbound. On a class it holds for all of its
 * methods that are not private; that of a method goes before. Works on interfaces and as
 * a meta-annotation.
 * <p>
 * A method that returns a {@code Mono}, a {@code Flux} or a {@code CompletionStage} is
 * governed until that gives its first value, and is cancelled when its time is up; any
 * other one until it returns, and cannot be cut. Calls within one bean do not pass the
 * proxy, and are not governed.
 * <p>
 * A call that the rules do not let go fails with
 * {@link io.governance.policy.CallRejectedException}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Governed {

	/**
	 * The name that rules match as the called service; may have placeholders.
	 * @return the name, not empty
	 */
	String value();

}
