import streamlit as st

from components.ui import frame, stage, stage_picker

_, selection = frame.context()
if stage.is_on(stage.PAGE):
    stage_picker.open_stage()
else:
    frame.heading("Walkthroughs", "walkthroughs")
    stage_picker.own_aside()
    for story in stage_picker.stories():
        with st.container(border=True):
            stage_picker.offer(story, selection)
