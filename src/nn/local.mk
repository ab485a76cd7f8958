# torch.nn
noinst_LIBRARIES += libqkv_nn.a
libqkv_nn_a_SOURCES = \
	%D%/activation.c \
	%D%/attention.c \
	%D%/conv.c \
	%D%/layer.c \
	%D%/loss.c \
	%D%/module.c \
	%D%/nn.c %D%/nn.h

# What is written in the dialect: FILE.py is the module FILE
nn_PY = \
	%D%/torch._nn.py \
	%D%/torch.distributions.bernoulli.py \
	%D%/torch.distributions.categorical.py \
	%D%/torch.distributions.constraints.py \
	%D%/torch.distributions.kl.py \
	%D%/torch.distributions.normal.py \
	%D%/torch.distributions.py \
	%D%/torch.distributions.uniform.py \
	%D%/torch.nn.attention.py \
	%D%/torch.nn.functional._activation.py \
	%D%/torch.nn.functional._loss.py \
	%D%/torch.nn.functional._mha.py \
	%D%/torch.nn.functional._pool.py \
	%D%/torch.nn.functional._resize.py \
	%D%/torch.nn.init.py \
	%D%/torch.nn.modules._attention.py \
	%D%/torch.nn.modules._backward_hooks.py \
	%D%/torch.nn.modules._lazy.py \
	%D%/torch.nn.modules._masks.py \
	%D%/torch.nn.modules._more_activation.py \
	%D%/torch.nn.modules._more_image.py \
	%D%/torch.nn.modules._more_loss.py \
	%D%/torch.nn.modules.activation.py \
	%D%/torch.nn.modules.batchnorm.py \
	%D%/torch.nn.modules.container.py \
	%D%/torch.nn.modules.conv.py \
	%D%/torch.nn.modules.distance.py \
	%D%/torch.nn.modules.dropout.py \
	%D%/torch.nn.modules.flatten.py \
	%D%/torch.nn.modules.lazy.py \
	%D%/torch.nn.modules.linear.py \
	%D%/torch.nn.modules.loss.py \
	%D%/torch.nn.modules.module.py \
	%D%/torch.nn.modules.normalization.py \
	%D%/torch.nn.modules.py \
	%D%/torch.nn.modules.rnn.py \
	%D%/torch.nn.modules.sparse.py \
	%D%/torch.nn.modules.transformer.py \
	%D%/torch.nn.modules.utils.py \
	%D%/torch.nn.parameter._lazy.py \
	%D%/torch.nn.parameter.py \
	%D%/torch.nn.py \
	%D%/torch.nn.utils._norm.py \
	%D%/torch.nn.utils.parametrizations.py \
	%D%/torch.nn.utils.parametrize.py \
	%D%/torch.nn.utils.py \
	%D%/torch.nn.utils.rnn.py
EXTRA_DIST += $(nn_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_nn_a_SOURCES = %D%/texts.c
%D%/texts.c: $(nn_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) nn $(nn_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@
